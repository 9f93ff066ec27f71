/** Refuses a policy that the gateway could not enforce, before anything relies on it. */
export async function readValidPolicy(file: string): Promise<void> {
  const { readPolicy } = await import('../../io/policy/read-policy.ts');
  const { compiledPolicy } = await import('../../io/policy/compiled-policy.ts');
  compiledPolicy(file, await readPolicy(file));
}
