import type { Policy } from '../../core/policy/policy.ts';
import type { Report } from '../../core/report.ts';
import { policyJson } from './policy-json.ts';

/** The policy as a JSON file holds it. */
export function renderPolicy(policy: Policy): string {
  return `${policyJson(policy, 2)}\n`;
}

/** The policy of a report on one server; nothing where it could not be listed. */
export function renderPolicies({ servers }: Report): string {
  return servers.map(({ policy }) => renderPolicy(policy)).join('');
}
