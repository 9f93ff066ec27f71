import { isObject } from '../../../core/tool.ts';
import type { JsonRpc } from '../../message/json-rpc.ts';
import { type Era, isStateless } from '../era.ts';

/** Finds out which era a program is of, by asking it what it speaks and nothing else. */
export interface EraQuestion {
  /** What the program is to be sent now. */
  readonly first: JsonRpc;
  /** What it is to be sent besides where it says nothing to that for a while: older ones ignore what they do not know. */
  readonly second: JsonRpc;
  /** The era that a message of the program tells; null where it tells nothing of that. */
  eraIn(message: JsonRpc): Era | null;
}

const DISCOVER = 'policylayer-discover';
const INITIALIZE = 'policylayer-initialize';
const LAST_WITH_SESSIONS = '2025-11-25';
const FIRST_STATELESS = '2026-07-28';
const UNSUPPORTED = -32022;

export function askEra(clientInfo: { readonly name: string; readonly version: string }): EraQuestion {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': FIRST_STATELESS,
    'io.modelcontextprotocol/clientInfo': clientInfo,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return {
    first: { jsonrpc: '2.0', id: DISCOVER, method: 'server/discover', params: { _meta: meta } },
    second: {
      jsonrpc: '2.0',
      id: INITIALIZE,
      method: 'initialize',
      params: { protocolVersion: LAST_WITH_SESSIONS, capabilities: {}, clientInfo },
    },
    eraIn({ id, result, error }) {
      if (id === INITIALIZE) return isObject(result) ? 'stateful' : supportsStateless(error) ? 'stateless' : null;
      if (id !== DISCOVER) return null;
      // A clean answer alone proves nothing: some answer to anything.
      const versions = isObject(result) ? result.supportedVersions : undefined;
      return names(versions) || supportsStateless(error) ? 'stateless' : 'stateful';
    },
  };
}

const names = (versions: unknown): boolean =>
  Array.isArray(versions) && versions.some((version) => typeof version === 'string' && isStateless(version));

function supportsStateless(error: unknown): boolean {
  return isObject(error) && error.code === UNSUPPORTED && isObject(error.data) && names(error.data.supported);
}
