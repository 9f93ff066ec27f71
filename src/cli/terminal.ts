/** The one place that knows the process: its streams, its signals, and whether a person is there. */

import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Machine } from '../core/clients/machine.ts';

/** What is used of `process`. */
export type Host = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'env' | 'cwd' | 'on' | 'off' | 'kill' | 'pid'>;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Longer than it takes to end every server, also one that will not. */
const LEAVE_MS = 4000;
export type Interrupt = (typeof SIGNALS)[number];

const READER_LEFT: ReadonlySet<string> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

export class Terminal {
  /** What the process will exit with; set by the command that ran. */
  exitCode = 0;
  /** The signal that asked us to end, where one did. */
  interruptedBy: Interrupt | null = null;
  /** Everything is being ended: what fails now fails because of that. */
  isEnding = false;
  /** Nobody reads stdout any more (`| head`). */
  isOutputClosed = false;
  readonly #host: Host;
  readonly #ending = new AbortController();
  #leaving: NodeJS.Timeout | undefined;
  #isListening = false;
  #isWriting = false;

  constructor(host: Host) {
    this.#host = host;
    // Errors come back through the callbacks of write; without a listener they would end the process.
    host.stdout.on('error', () => {});
  }

  get env(): NodeJS.ProcessEnv {
    return this.#host.env;
  }

  get workingDirectory(): string {
    return this.#host.cwd();
  }

  /** What a search for configurations needs to know. */
  get machine(): Machine {
    const { env, workingDirectory } = this;
    return { home: resolve(homedir()), platform: process.platform, env, workingDirectory };
  }

  /** What is piped in. Not touched where it is not asked for, so that a command never waits for it. */
  get stdin(): NodeJS.ReadStream {
    return this.#host.stdin;
  }

  /** For a protocol that is spoken there, byte for byte; text for people goes through `out`. */
  get stdout(): NodeJS.WriteStream {
    return this.#host.stdout;
  }

  /** Somebody is there to see a spinner and to answer. */
  get isInteractive(): boolean {
    const { stdin, stderr, env } = this.#host;
    // A terminal without a width cannot be drawn on: the spinner's library would clear lines without end.
    const hasWidth = stderr.columns === undefined || stderr.columns > 0;
    return stdin.isTTY === true && stderr.isTTY === true && hasWidth && env.TERM !== 'dumb' && !env.CI;
  }

  /** Where a spinner turns. */
  get progressStream(): NodeJS.WriteStream {
    return this.#host.stderr;
  }

  /** The width of stdout; null where it is no terminal. */
  get columns(): number | null {
    const { stdout } = this.#host;
    // Some terminals have a width of 0, which means that nobody told them.
    return stdout.isTTY ? stdout.columns || null : null;
  }

  /** The size of what a person looks at while being asked. */
  get screen(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = this.#host.stderr;
    return { columns: columns || 80, rows: rows || 24 };
  }

  get hasColor(): boolean {
    return this.#maySeeColor(this.#host.stdout);
  }

  get hasProgressColor(): boolean {
    return this.#maySeeColor(this.#host.stderr);
  }

  /** Aborted by Ctrl-C and its kin. Later ones change nothing: children are being ended, and leaving would orphan them. */
  get signal(): AbortSignal {
    if (!this.#isListening) {
      this.#isListening = true;
      for (const signal of SIGNALS) this.#host.on(signal, this.#onSignal);
    }
    return this.#ending.signal;
  }

  readonly #onSignal = (signal: Interrupt): void => {
    this.interrupt(signal);
    // All that was started has ended before anything is printed; a reader who stalls must not keep us for ever.
    if (this.#isWriting) this.#leave(signal);
  };

  /** As if we had never listened. */
  #leave(signal: Interrupt): void {
    for (const one of SIGNALS) this.#host.off(one, this.#onSignal);
    this.#host.kill(this.#host.pid, signal);
  }

  /** Hands over the signals that would end us, for a command whose child they are meant for; returns how to stop. */
  onSignal(receive: (signal: Interrupt) => void): () => void {
    for (const signal of SIGNALS) this.#host.on(signal, receive);
    return () => {
      for (const signal of SIGNALS) this.#host.off(signal, receive);
    };
  }

  /** Ends every listing and every process started for it. */
  end(): void {
    this.isEnding = true;
    this.#ending.abort();
  }

  /** As Ctrl-C does: a prompt reads it as a key, so that no signal comes. */
  interrupt(by: Interrupt = 'SIGINT'): void {
    this.interruptedBy ??= by;
    this.end();
    // What is left then reads a pipe that nobody writes to, or a disk that does not answer, and cannot be told to stop.
    this.#leaving ??= setTimeout(() => this.#leave(by), LEAVE_MS).unref();
  }

  /** Writes data. Resolves when it is taken, so that a slow reader slows us down; a reader that left is no error. */
  async out(text: string): Promise<void> {
    if (this.isOutputClosed || text === '') return;
    this.#isWriting = true;
    const error = await written(this.#host.stdout, text);
    this.#isWriting = false;
    if (error === null) return;
    this.isOutputClosed = true;
    if (READER_LEFT.has(error.code ?? '')) return;
    throw (await import('./terminal/output-not-written.ts')).outputNotWritten(error);
  }

  #maySeeColor({ isTTY }: NodeJS.WriteStream): boolean {
    const { env } = this.#host;
    if (env.NO_COLOR) return false;
    if (env.FORCE_COLOR !== undefined) return !['0', 'false'].includes(env.FORCE_COLOR);
    return isTTY === true && env.TERM !== 'dumb';
  }

  /** Writes a line that is not data. Where it cannot be written there is nobody to tell. */
  note(text: string): void {
    const { stderr } = this.#host;
    if (stderr.listenerCount('error') === 0) stderr.on('error', () => {});
    stderr.write(text.endsWith('\n') ? text : `${text}\n`);
  }
}

function written(stream: NodeJS.WriteStream, text: string): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => stream.write(text, (error) => resolve(error ?? null)));
}
