import type { StatusPage } from './listener.ts';
import type { OfferedServer } from './offered-server.ts';

/** Whether the servers can be used: 503 where none can. Strangers learn no names. */
export function healthPage(servers: ReadonlyMap<string, OfferedServer>): StatusPage {
  return {
    contentType: 'application/json',
    render(isTrusted) {
      const states = [...servers].map(([name, { trouble }]) => [name, { trouble }] as const);
      const failing = states.filter(([, { trouble }]) => trouble !== null).length;
      const status = failing === 0 ? 'ok' : failing < states.length ? 'degraded' : 'failing';
      const page = isTrusted ? { status, servers: Object.fromEntries(states) } : { status };
      return { status: status === 'failing' ? 503 : 200, text: `${JSON.stringify(page)}\n` };
    },
  };
}
