/** A listener in this process, with bounds small enough to be reached: they are no options of the command line. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { HttpSpec, StdioSpec } from '../../src/core/server/server-spec.ts';
import { openHttpGateway } from '../../src/gateway/http/http-gateway.ts';
import { type ListenerLimits, listenerLimits } from '../../src/gateway/http/listener-limits.ts';
import { openStore } from '../../src/io/state/open-store.ts';
import type { Store } from '../../src/io/state/store.ts';
import { enforcementOver } from './enforcement-over.ts';
import { GATEWAY_POLICY } from './gateway-run.ts';
import { type Instead, type RecordingHttp, startRecordingHttp } from './recording-http.ts';
import { plainEnvironment, temporaryFolder } from './run-cli.ts';

export interface BoundedListener {
  readonly url: string;
  readonly store: Store;
}

/** Serves the server of `spec` alone; closed after the test. */
export async function openBoundedListener(
  t: TestContext,
  {
    spec,
    policy,
    limits,
  }: { readonly spec: HttpSpec | StdioSpec; readonly policy: object; readonly limits: Partial<ListenerLimits> },
): Promise<BoundedListener> {
  const folder = temporaryFolder(t);
  const file = join(folder, 'policy.json');
  writeFileSync(file, JSON.stringify(policy));
  const store = await openStore(join(folder, 'state.db'));
  const env = plainEnvironment() as { [name: string]: string };
  const gateway = await openHttpGateway({
    address: { host: '127.0.0.1', port: 0 },
    hosts: [],
    servers: [{ name: spec.name, spec, env, policy: { beside: [], find: async () => file }, trouble: null }],
    enforcement: enforcementOver(store),
    limits: listenerLimits(limits),
    userFolder: folder,
    metricsPage: { contentType: 'text/plain', render: () => '' },
  });
  t.after(async () => {
    await gateway.close();
    await store.close();
  });
  return { url: gateway.addresses.get(spec.name) ?? '', store };
}

/** The same in front of a server over HTTP that records what it is asked. */
export async function openBoundedRelay(
  t: TestContext,
  limits: Partial<ListenerLimits>,
  instead?: Instead,
): Promise<BoundedListener & { readonly server: RecordingHttp }> {
  const server = await startRecordingHttp(instead);
  const spec = { kind: 'http' as const, name: 'recorder', url: server.url, headers: {} };
  return { ...(await openBoundedListener(t, { spec, policy: GATEWAY_POLICY, limits })), server };
}
