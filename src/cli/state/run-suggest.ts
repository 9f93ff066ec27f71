import { plural } from '../../render/text/counts.ts';
import { suggestPolicy } from '../../workflows/suggest-policy.ts';
import type { Terminal } from '../terminal.ts';
import { type StateFlags, withExistingState } from './state-place.ts';

export interface SuggestFlags extends StateFlags {
  readonly server?: string;
  readonly grant?: string;
  readonly since?: number;
  readonly output?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Prints the suggested policy, or writes it where `-o` says. */
export async function runSuggest(terminal: Terminal, flags: SuggestFlags): Promise<void> {
  const { server, grant, since, output, force = false } = flags;
  await withExistingState(terminal, flags, async (store) => {
    const suggestion = await suggestPolicy(store, { server, grant, since });
    const isJson = flags.json ?? output?.endsWith('.json');
    const text = await policyText(suggestion, isJson ? 'json' : 'yaml');
    const tools = plural(Object.keys(suggestion.policy.tools).length, 'tool');
    if (output === undefined) return terminal.out(text);
    const { writePolicyFile } = await import('../../io/policy/policy-file.ts');
    const written = await writePolicyFile(output, text, { force });
    const kept = written.state === 'replaced' ? ` The old one is kept as ${written.backup}.` : '';
    terminal.note(`Wrote ${written.path}: ${tools} of ${suggestion.server} may be called.${kept}`);
  });
}

async function policyText(
  { server, policy, traffic }: Awaited<ReturnType<typeof suggestPolicy>>,
  format: 'json' | 'yaml',
): Promise<string> {
  if (format === 'json') return (await import('../../render/policy/policy.ts')).renderPolicy(policy);
  return (await import('../../render/policy/suggestion-yaml.ts')).renderSuggestionYaml(server, policy, traffic);
}
