/** Refuses a policy that the gateway could not enforce, before anything relies on it. */
export async function readValidPolicy(file: string): Promise<void> {
  const { readPolicy } = await import('../../io/read-policy.ts');
  const { policyInvalid } = await import('../../io/policy-input-errors.ts');
  const { policy, problems } = await readPolicy(file);
  const faults = problems.filter(({ level }) => level === 'error');
  if (policy === null)
    throw policyInvalid(
      file,
      faults.map(({ line, message }) => `line ${line}: ${message}`),
    );
}
