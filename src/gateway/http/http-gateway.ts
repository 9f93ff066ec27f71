import { type GatewayMetrics, newMetrics } from '../../core/metrics/gateway-metrics.ts';
import type { Store } from '../../io/state/store.ts';
import type { EnforcementOptions } from '../enforcement.ts';
import { meteredStore } from '../metered-store.ts';
import { type Admission, openAdmission, UNKNOWN } from './admission.ts';
import { shownAddress } from './allowed-hosts.ts';
import type { Endpoint, EndpointOptions } from './endpoint.ts';
import { healthPage } from './health-page.ts';
import { hostAndPort, isLoopback, type ListenAddress } from './listen-address.ts';
import { type Listener, openListener } from './listener.ts';
import { grantsNeeded } from './listener-errors.ts';
import type { ListenerLimits } from './listener-limits.ts';
import { type OfferedServer, offerServer, type ServerToOffer } from './offered-server.ts';
import { createProgramEndpoint } from './program-endpoint.ts';
import { createRelayEndpoint } from './relay-endpoint.ts';

export interface HttpGatewayOptions {
  readonly address: ListenAddress;
  /** Other names under which this machine is reached. */
  readonly hosts: readonly string[];
  readonly servers: readonly ServerToOffer[];
  readonly enforcement: Omit<EnforcementOptions, 'server' | 'policy'>;
  readonly limits: ListenerLimits;
  /** Where sign-ins to servers are kept. */
  readonly userFolder: string;
  readonly metricsPage: { readonly contentType: string; readonly render: (metrics: GatewayMetrics) => string };
}

export interface HttpGateway {
  /** The address of each server, by its name. */
  readonly addresses: ReadonlyMap<string, string>;
  /** What is wrong with which server. */
  troubles(): ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/** Offers servers to clients over HTTP. Throws UserError where it cannot listen; a server that is wrong is refused alone. */
export async function openHttpGateway(options: HttpGatewayOptions): Promise<HttpGateway> {
  const { address, limits } = options;
  const { log } = options.enforcement;
  const metrics = newMetrics();
  const store: Store = meteredStore(options.enforcement.store, metrics);
  const servers = new Map<string, OfferedServer>();
  for (const server of options.servers) {
    const endpoint = endpointFor(server, { ...options, name: server.name, log });
    servers.set(server.name, offerServer(server, { enforcement: { ...options.enforcement, store }, endpoint, log }));
  }
  if (!isLoopback(address.host)) await refuseWithoutGrants(address, store, servers);
  let listener: Listener | null = null;
  const admission: Admission = await openAdmission({
    grants: store.grants,
    log,
    onLoss(isOver) {
      for (const { endpoint } of servers.values()) endpoint.endSessions(isOver);
      listener?.cut(isOver, UNKNOWN);
    },
    // Its sessions stay: whoever has the new token goes on with them, and nobody else can.
    onRotation: (isRotated) => listener?.cut(isRotated),
  });
  const closeServers = async (): Promise<void> => {
    admission.close();
    await Promise.all([...servers.values()].map((server) => server.close()));
  };
  try {
    const pages = new Map([
      ['/healthz', healthPage(servers)],
      ['/metrics', metricsPage(metrics, options.metricsPage)],
    ]);
    listener = await openListener({ address, hosts: options.hosts, servers, admission, pages, limits, log });
  } catch (error) {
    await closeServers();
    throw error;
  }
  // What is wrong with a policy is told now, and not only to the first who calls.
  await Promise.all([...servers.values()].map((server) => server.enforcer(null).catch(() => {})));
  const root = shownAddress(listener.address);
  const { close } = listener;
  return {
    addresses: new Map([...servers.keys()].map((name) => [name, `${root}/mcp/${encodeURIComponent(name)}`])),
    troubles: () =>
      new Map([...servers].flatMap(([name, { trouble }]) => (trouble === null ? [] : [[name, trouble] as const]))),
    async close() {
      await close();
      await closeServers();
    },
  };
}

function endpointFor(
  { spec, env }: ServerToOffer,
  options: EndpointOptions & Pick<HttpGatewayOptions, 'userFolder'>,
): Endpoint {
  return spec.kind === 'http' ? createRelayEndpoint(spec, options) : createProgramEndpoint({ ...options, spec, env });
}

const metricsPage = (metrics: GatewayMetrics, { contentType, render }: HttpGatewayOptions['metricsPage']) => ({
  contentType,
  render: (isTrusted: boolean) => (isTrusted ? { status: 200, text: render(metrics) } : null),
});

async function refuseWithoutGrants(
  address: ListenAddress,
  { grants }: Store,
  servers: ReadonlyMap<string, OfferedServer>,
): Promise<void> {
  const all = await grants.list();
  const isGranted = all.some(
    ({ revokedAt, servers: named }) => revokedAt === null && named.some((name) => servers.has(name)),
  );
  if (!isGranted) throw grantsNeeded(hostAndPort(address));
}
