import { readFile } from 'node:fs/promises';
import type { KeptConfig } from '../../core/wrap/plan.ts';
import { keepAside } from '../files/keep-old-file.ts';
import { stageFile } from '../files/write-file.ts';
import { isSystemError, systemErrorText } from '../system-error.ts';
import { backupPath, type ConfigBackup, digestOf, readBackup, removeBackup, writeBackup } from './config-backup.ts';
import { configChangedMeanwhile, configNotWritable } from './edit/edit-errors.ts';

export interface ConfigRewrite {
  readonly path: string;
  /** What the new text was made from. */
  readonly before: string;
  readonly after: string;
  /** What is to be kept beside it from now on; null where nothing is. */
  readonly backup: KeptConfig | null;
}

/**
 * Writes a config file in one step, keeping its mode, its owner and the link that leads to it. One that says something
 * else by now is left alone, and then so is the backup.
 */
export async function rewriteConfig({ path, before, after, backup }: ConfigRewrite): Promise<void> {
  const old = await readBackup(path);
  try {
    await refuseChanged(path, before);
    // The bytes are on the disk before anything is touched.
    const staged = await stageFile(path, after, { replace: true });
    try {
      if (backup?.keepsOlder) await keepAside(backupPath(path));
      if (backup !== null)
        await writeBackup(path, { text: backup.text, replacedBy: backup.isAllOfIt ? digestOf(after) : null });
      await refuseChanged(path, before);
      await staged.commit();
    } catch (error) {
      await putBack(path, old);
      throw error;
    } finally {
      await staged.discard();
    }
    if (backup === null) await removeBackup(path);
  } catch (error) {
    throw isSystemError(error) ? configNotWritable(path, systemErrorText(error)) : error;
  }
}

async function putBack(path: string, old: ConfigBackup | null): Promise<void> {
  if (old === null) return removeBackup(path);
  await writeBackup(path, old);
}

/** To the byte: a text that is not UTF-8 would come back as another. */
async function refuseChanged(path: string, before: string): Promise<void> {
  if (!(await readFile(path)).equals(Buffer.from(before))) throw configChangedMeanwhile(path);
}
