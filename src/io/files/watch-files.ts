import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Some file systems tell nothing of changes. */
const LOOK_EVERY_MS = 1000;
/** What is written beside the files, such as the state with every call, tells of itself too. */
const GATHER_MS = 20;

/**
 * Calls back when one of the files may have changed, and from time to time without reason. The folders are watched,
 * since editors put a new file in the place of the old. Keeps no process alive; returns how to stop.
 */
export function watchFiles(paths: readonly string[], mayHaveChanged: () => void): () => void {
  const folders = [...new Set(paths.map((path) => dirname(path)))];
  let soon: NodeJS.Timeout | null = null;
  const gather = (): void => {
    soon ??= setTimeout(() => {
      soon = null;
      mayHaveChanged();
    }, GATHER_MS).unref();
  };
  const watchers = folders.flatMap((folder) => watcherOf(folder, gather));
  const timer = setInterval(mayHaveChanged, LOOK_EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    clearTimeout(soon ?? undefined);
    for (const watcher of watchers) watcher.close();
  };
}

function watcherOf(folder: string, mayHaveChanged: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, { persistent: false }, mayHaveChanged);
    // A folder that is removed is looked at by the clock.
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}
