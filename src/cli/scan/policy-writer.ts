import type { ServerReport } from '../../core/report.ts';
import type { PolicyWritten } from '../../io/policy/policy-file.ts';
import { plural } from '../../render/text/counts.ts';
import type { ReportFlags } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Writes the policies of a scan where `-o` says. */
export type PolicyWriter = (servers: readonly ServerReport[]) => Promise<void>;

/** Looks at `-o` before the scan: nobody should wait for a server to learn that the result cannot be written. */
export async function openPolicyWriter(
  { output: path = '', force = false }: ReportFlags,
  serverNames: readonly string[],
  terminal: Terminal,
): Promise<PolicyWriter> {
  const { findPolicyOutput, makeOutputDirectory, policyPaths, refuseExisting } = await import(
    '../../io/policy/policy-output.ts'
  );
  const output = await findPolicyOutput(path, { servers: serverNames.length });
  const { refuseLinkOut, writePolicyFile } = await import('../../io/policy/policy-file.ts');
  for (const file of policyPaths(output, serverNames)) await refuseLinkOut(file);
  if (!force) await refuseExisting(policyPaths(output, serverNames));
  return async (servers) => {
    const paths = policyPaths(
      output,
      servers.map(({ name }) => name),
    );
    if (!force) await refuseExisting(paths);
    if (servers.length > 0) await makeOutputDirectory(output);
    for (const [at, server] of servers.entries()) {
      const target = paths[at] as string;
      const written = await writePolicyFile(target, await policyText(target, server), { force });
      terminal.note(writtenText(written, server));
    }
  };
}

/** YAML has room for reasons; JSON is what a gateway reads fastest. */
async function policyText(path: string, server: ServerReport): Promise<string> {
  if (/\.ya?ml$/i.test(path)) return (await import('../../render/policy/policy-yaml.ts')).renderPolicyYaml(server);
  return (await import('../../render/policy/policy.ts')).renderPolicy(server.policy);
}

function writtenText(written: PolicyWritten, { tools, policy }: ServerReport): string {
  const allowed = Object.values(policy.tools).length;
  const others = allowed === tools.length ? '' : ', the others are denied';
  const holds = `${allowed} of ${plural(tools.length, 'tool')} ${allowed === 1 ? 'has' : 'have'} a rule${others}`;
  if (written.state === 'unchanged') return `${written.path} is unchanged: ${holds}.`;
  const kept = written.state === 'replaced' ? ` The old one is kept as ${written.backup}.` : '';
  return `Wrote ${written.path}: ${holds}.${kept}`;
}
