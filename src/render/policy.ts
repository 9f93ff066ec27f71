import type { Policy } from '../core/policy/policy.ts';
import type { Report } from '../core/report.ts';

/** The policy as a file holds it. */
export function renderPolicy(policy: Policy): string {
  return `${JSON.stringify(policy, null, 2)}\n`;
}

/** The policy of a report on one server; nothing where it could not be listed. */
export function renderPolicies({ servers }: Report): string {
  return servers.map(({ policy }) => renderPolicy(policy)).join('');
}
