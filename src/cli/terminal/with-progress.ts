import type { ScanOptions } from '../../workflows/scan.ts';
import type { Terminal } from '../terminal.ts';

/** Does the work with a spinner beside it where somebody watches, and without one elsewhere; the spinner ends either way. Whoever watches can also be asked. */
export async function withProgress<T>(
  terminal: Terminal,
  { servers, color }: { readonly servers: number; readonly color: boolean },
  work: (progress: Pick<ScanOptions, 'onProgress' | 'person'>) => Promise<T>,
): Promise<T> {
  if (!terminal.isInteractive) return work({});
  const { startProgress } = await import('./progress.ts');
  const spinner = await startProgress(terminal, { servers, color: color && terminal.hasProgressColor });
  const { personAt } = await import('./person-at.ts');
  return work({ onProgress: spinner.tell, person: personAt(terminal, spinner) }).finally(spinner.stop);
}
