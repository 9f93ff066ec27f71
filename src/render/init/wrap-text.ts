/** What wrapping would change, before it does: old and new of each entry, without secrets. */
import type { Client } from '../../core/clients/client.ts';
import { printablePath } from '../../core/printable-path.ts';
import type { PlannedConfig, SkippedEntry, WrapPlan } from '../../core/wrap/plan.ts';
import { shownChanges } from '../../core/wrap/shown-change.ts';
import { printable } from '../text/printable.ts';

interface PreviewOptions {
  readonly client: Client;
  readonly home: string;
}

export function planText({ path, entries, isWhole }: PlannedConfig, { client, home }: PreviewOptions): string {
  const lines = entries.flatMap((entry) => [
    `  ${printable(entry.name)}`,
    ...shownChanges(entry, client.fields).map(({ sign, key, text }) => `  ${sign} ${key}: ${text}`),
    ...entry.warnings.map((warning) => `    note: ${warning}`),
  ]);
  const heading = `${client.title}, ${printablePath(path, home)}${isWhole ? ', to the byte as it was' : ''}`;
  return [heading, ...lines].map((line) => printable(line, { maxChars: 400 })).join('\n');
}

const WHY: Readonly<Record<SkippedEntry['why'], string>> = {
  behind: 'is behind the gateway already',
  'not-behind': 'is not behind the gateway',
  'no-policy': 'has no policy in policylayer.yaml',
  'other-system': 'belongs to Windows: run the same command there',
  'reached-otherwise': 'names no command and no URL: its client decides how it is reached',
  'no-backup': 'is in no backup of that file, so nobody knows how it was; write the entry by hand',
};

export function skippedText({ name, path, why }: SkippedEntry, home: string): string {
  return printable(`Left alone: ${name} in ${printablePath(path, home)} ${WHY[why]}.`, { maxChars: 400 });
}

export function unreadableText({ path, because }: WrapPlan['unreadable'][number], home: string): string {
  return printable(`Could not read ${printablePath(path, home)}: ${because}`, { maxChars: 400 });
}
