import type { Client } from '../../core/clients/client.ts';
import type { Machine } from '../../core/clients/machine.ts';
import type { PlannedConfig, SkippedEntry, WrapPlan } from '../../core/wrap/plan.ts';
import { type ClientFile, readClientFiles } from '../../io/clients/read-client-files.ts';

/** What becomes of one file; nothing where its config is null. */
export interface FilePlan {
  readonly config: PlannedConfig | null;
  readonly skipped: readonly SkippedEntry[];
}

/** What becomes of all files that a client has. */
export async function planFiles(
  client: Client,
  machine: Machine,
  planFile: (file: ClientFile) => Promise<FilePlan>,
): Promise<WrapPlan> {
  const { files, unreadable } = await readClientFiles(client, machine);
  const plans = await Promise.all(files.map(planFile));
  return {
    configs: plans.flatMap(({ config }) => (config === null ? [] : [config])),
    skipped: plans.flatMap(({ skipped }) => skipped),
    unreadable,
  };
}
