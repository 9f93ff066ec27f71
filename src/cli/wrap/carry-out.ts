import type { Client } from '../../core/clients/client.ts';
import { printablePath } from '../../core/printable-path.ts';
import type { WrapPlan } from '../../core/wrap/plan.ts';
import { rewriteConfig } from '../../io/clients/rewrite-config.ts';
import { planText, skippedText, unreadableText } from '../../render/init/wrap-text.ts';
import { plural } from '../../render/text/counts.ts';
import { printable } from '../../render/text/printable.ts';
import { confirm } from '../terminal/ask.ts';
import type { Terminal } from '../terminal.ts';
import { agreementNeeded } from './wrap-errors.ts';
import type { WrapFlags } from './wrap-flags.ts';

/** What becomes of the configurations of one client. */
export interface ClientPlan extends WrapPlan {
  readonly client: Client;
}

interface Words {
  readonly command: 'wrap' | 'unwrap';
  /** Completes: "Put ...?" */
  readonly question: string;
  readonly done: string;
}

/** Shows what would change, asks, and changes it. Until the answer is yes no file is touched. */
export async function carryOut(
  plans: readonly ClientPlan[],
  flags: WrapFlags,
  { terminal, words }: { readonly terminal: Terminal; readonly words: Words },
): Promise<void> {
  const { home } = terminal.machine;
  for (const { client, configs, skipped, unreadable } of plans) {
    for (const config of configs) terminal.note(`${planText(config, { client, home })}\n`);
    for (const entry of skipped) terminal.note(skippedText(entry, home));
    for (const file of unreadable) terminal.note(unreadableText(file, home));
    if (unreadable.length > 0) terminal.exitCode = 2;
  }
  const configs = plans.flatMap((plan) => plan.configs);
  if (configs.length === 0) return;
  if (flags.dryRun) {
    terminal.note('Nothing was changed.');
    return;
  }
  if (flags.yes !== true) {
    if (!terminal.isInteractive) throw agreementNeeded(words.command);
    if (!(await confirm(terminal, words.question))) {
      terminal.note('Nothing was changed.');
      terminal.exitCode = 1;
      return;
    }
  }
  for (const config of configs) {
    terminal.signal.throwIfAborted();
    await rewriteConfig(config);
    terminal.note(`Wrote ${printable(printablePath(config.path, home))}.`);
  }
  const entries = configs.reduce((sum, config) => sum + config.entries.length, 0);
  const clients = plans.filter((plan) => plan.configs.length > 0).map(({ client }) => client.title);
  terminal.note(`${plural(entries, 'server')} ${words.done}. Restart ${listed(clients)} for that to take effect.`);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
