import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { isObject } from '../../core/tool.ts';
import { LONGEST_TIMER_MS } from '../deadline.ts';
import { clientIdentity } from './client-identity.ts';
import { LenientTransport } from './lenient-transport.ts';
import { claimedIdentity, type Session } from './session.ts';

/** The caller has one time limit for everything; the SDK's own of a minute a request must not cut in before it. */
const REQUEST_OPTIONS = { timeout: LONGEST_TIMER_MS };

/** The SDK would load and set up a JSON Schema validator for tool results, and no tool is ever called here. */
const NO_VALIDATOR = {
  getValidator: () => () => ({ valid: false as const, data: undefined, errorMessage: 'No tool is called.' }),
};

/** Speaks to a server of the 2025 era, which begins with `initialize`. The SDK is loaded here, not before. */
export async function openInitializedSession(transport: Transport): Promise<Session> {
  const [{ Client }, { ResultSchema }] = await Promise.all([
    import('@modelcontextprotocol/sdk/client/index.js'),
    import('@modelcontextprotocol/sdk/types.js'),
  ]);
  const lenient = new LenientTransport(transport);
  const client = new Client(clientIdentity(), { capabilities: {}, jsonSchemaValidator: NO_VALIDATOR });
  await lenient.refusalsOf(client.connect(lenient, REQUEST_OPTIONS));
  const hello = lenient.answer('initialize');
  return {
    revision: isObject(hello) ? String(hello.protocolVersion) : '',
    server: isObject(hello) ? claimedIdentity(hello.serverInfo) : null,
    listPage: async (cursor) => {
      const request = { method: 'tools/list', ...(cursor !== undefined && { params: { cursor } }) };
      await lenient.refusalsOf(client.request(request, ResultSchema, REQUEST_OPTIONS));
      return lenient.answer('tools/list');
    },
  };
}
