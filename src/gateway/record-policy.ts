import type { Enforcement } from './enforcement.ts';
import type { PolicyRead } from './policy-source.ts';

/** Writes down what came of reading the policy again. Stands before what is decided by it: records are written in order. */
export function recordPolicy({ store, server, now, log }: Enforcement, { outcome, digest }: PolicyRead): void {
  const rule = digest === null ? '(not read)' : `sha256:${digest}`;
  const nobody = { call: '', grant: '', tool: '', argumentKeys: [], era: null, latencyMs: null };
  store.record({ ...nobody, at: now(), server, rule, outcome }).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    log({ event: 'state-failed', level: 'error', server, message });
  });
}
