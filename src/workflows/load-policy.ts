import type { CompiledPolicy } from '../core/policy/compile-policy.ts';
import type { Policy } from '../core/policy/policy.ts';

/**
 * A policy ready for `evaluate`: of a file in JSON or YAML, or of what such a file holds. Throws UserError with all that is
 * wrong where it is not valid. What it takes is loaded here: who only classifies tools does without.
 */
export async function loadPolicy(policy: string | Policy): Promise<CompiledPolicy> {
  const { readPolicy, readPolicyText } = await import('../io/policy/read-policy.ts');
  const { compiledPolicy } = await import('../io/policy/compiled-policy.ts');
  if (typeof policy === 'string') return compiledPolicy(policy, await readPolicy(policy));
  return compiledPolicy('given', await readPolicyText(JSON.stringify(policy, null, 2), 'given.json'));
}
