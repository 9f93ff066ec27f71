/** When the list of tools that a client sees is another one, and how the client is told. */
import type { CompiledPolicy } from '../core/policy/compile-policy.ts';
import type { JsonObject } from '../core/tool.ts';
import type { JsonRpc } from './message/json-rpc.ts';
import { SUBSCRIPTION } from './message/protocol-era.ts';
import { listedNames } from './message/tool-list.ts';
import type { Session } from './session.ts';

/** The names that the server listed. */
export interface NamesSeen {
  read(list: JsonRpc): void;
  has(name: string): boolean;
  /** Whether two policies show the same of these tools. */
  areShownAlike(policy: CompiledPolicy, before: CompiledPolicy): boolean;
}

/** A hostile server lists without end; what is beyond that is not remembered. */
const MAX_NAMES = 20_000;

export function createNamesSeen(): NamesSeen {
  const names = new Set<string>();
  return {
    read(list) {
      for (const name of listedNames(list)) if (names.size < MAX_NAMES) names.add(name);
    },
    has: (name) => names.has(name),
    areShownAlike: (policy, before) => [...names].every((name) => policy.hides(name) === before.hides(name)),
  };
}

const CHANGED: JsonObject = { jsonrpc: '2.0', method: 'notifications/tools/list_changed' };

/** What a session has to be told where the list of tools changed. */
export function listChanged(session: Session): JsonRpc[] {
  const listening = [...session.inFlight.values()].flatMap((request) =>
    request.kind === 'listen' ? [request.id] : [],
  );
  const told = listening.map((id) => ({ ...CHANGED, params: { _meta: { [SUBSCRIPTION]: id } } }));
  return session.agreed.tellsOfLists ? [CHANGED, ...told] : told;
}
