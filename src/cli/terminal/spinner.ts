import type { Terminal } from '../terminal.ts';

export interface Spinner {
  /** Shows this instead of what is shown now. */
  readonly show: (text: string) => void;
  readonly stop: () => void;
  /** Leaves the terminal to somebody else until `resume`. */
  readonly pause: () => void;
  readonly resume: () => void;
}

/** A spinner on stderr that leaves the keyboard, the cursor and Ctrl-C to us. */
export async function spinnerAt(terminal: Terminal, { color }: { readonly color: boolean }): Promise<Spinner> {
  const { default: ora } = await import('ora');
  const spinner = ora({
    stream: terminal.progressStream,
    color: color && 'cyan',
    isEnabled: true,
    // ora's defaults take over the keyboard and the cursor, and would need Ctrl-C to go through it.
    discardStdin: false,
    hideCursor: false,
  });
  let isWanted = false;
  let isPaused = false;
  const start = (): void => {
    if (isWanted && !isPaused && !spinner.isSpinning) spinner.start();
  };
  return {
    show(text) {
      spinner.text = text;
      isWanted = true;
      start();
    },
    stop() {
      isWanted = false;
      spinner.stop();
    },
    pause() {
      isPaused = true;
      spinner.stop();
    },
    resume() {
      isPaused = false;
      start();
    },
  };
}
