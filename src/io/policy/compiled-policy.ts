import { type CompiledPolicy, compilePolicy } from '../../core/policy/compile-policy.ts';
import { pathText } from '../../core/policy/json-pointer.ts';
import { policyInvalid } from './policy-input-errors.ts';
import type { PolicyFile } from './read-policy.ts';

/** A policy ready for decisions. Throws UserError with all that is wrong where it is not valid; `shown` is what that calls it. */
export function compiledPolicy(
  shown: string,
  { policy, problems, regex }: Pick<PolicyFile, 'policy' | 'problems' | 'regex'>,
): CompiledPolicy {
  if (policy !== null) return compilePolicy(policy, { regex });
  throw policyInvalid(
    shown,
    problems.map(({ line, path, message }) => `line ${line}: ${pathText(path)} ${message}`),
  );
}
