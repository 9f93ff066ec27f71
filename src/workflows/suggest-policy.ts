import type { AuditFilter } from '../core/audit/audit-filter.ts';
import { addToTraffic, type Traffic } from '../core/audit/traffic.ts';
import type { Policy } from '../core/policy/policy.ts';
import { suggest } from '../core/policy/recommend/suggest.ts';
import type { Store } from '../io/state/store.ts';
import { nothingRecorded, severalRecorded } from './suggest-policy-errors.ts';

export interface Suggestion {
  readonly server: string;
  readonly policy: Policy;
  readonly traffic: Traffic;
}

/** Makes a policy of what the audit log holds about one server: the one that is named, or the only one. */
export async function suggestPolicy({ audit }: Store, filter: AuditFilter): Promise<Suggestion> {
  const servers = new Map<string, Traffic>();
  for await (const row of audit.entries(filter)) {
    const traffic = servers.get(row.server) ?? new Map();
    servers.set(row.server, traffic);
    addToTraffic(traffic, row);
  }
  const [only, ...others] = servers;
  if (only === undefined) throw nothingRecorded(filter.server);
  if (others.length > 0) throw severalRecorded([...servers.keys()]);
  const [server, traffic] = only;
  return { server, policy: suggest(traffic), traffic };
}
