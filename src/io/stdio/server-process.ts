import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { programName } from '../../core/server/launcher.ts';
import type { StdioSpec } from '../../core/server/server-spec.ts';
import type { JsonObject } from '../../core/tool.ts';
import { childEnvironment } from './child-environment.ts';
import { LastLines } from './last-lines.ts';
import { MessageReader } from './message-reader.ts';
import { endGroup, type Grace, spawnGroup } from './process-group.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** After the program has exited, how long its output may still be held open by what it started. */
const OUTPUT_GRACE_MS = 250;
/** Most servers end within 50 ms of their stdin; some never do. No tool was called, so there is nothing to finish. */
const GRACE: Grace = { byItselfMs: 250, whenAskedMs: 500 };
/** A container engine passes an end on to the container and waits for it; killed before, it leaves it running. */
const CONTAINER_GRACE: Grace = { byItselfMs: 5000, whenAskedMs: 5000 };
/** What is kept for a client that is still loading. A server that is not yet spoken to has nothing to say. */
const MAX_EARLY_MESSAGES = 100;

/** A server's process, from the start it may not survive to the end that it cannot refuse. */
export class ServerProcess {
  readonly stdout: MessageReader;
  readonly stderr: LastLines;
  /** Why it could not be started. */
  startFailure: NodeJS.ErrnoException | null = null;
  /** How it ended, where it did so before it was told to. */
  exit: Exit | null = null;
  /** Settles when it has ended and its output has been read, or when it could not be started. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcessWithoutNullStreams | null;
  readonly #grace: Grace;
  readonly #early: JsonObject[] = [];
  #receive: ((message: JsonObject) => void) | null = null;
  #ending: Promise<void> | null = null;

  constructor(spec: StdioSpec, redact: (text: string) => string) {
    this.stdout = new MessageReader(redact);
    this.stderr = new LastLines(redact);
    this.#grace = /^(?:docker|podman)$/.test(programName(spec.command)) ? CONTAINER_GRACE : GRACE;
    this.#child = this.#start(spec);
    this.ended = this.#child === null ? Promise.resolve() : this.#untilEnded(this.#child);
  }

  /** Hands over every message, also those that came before. */
  deliverTo(receive: (message: JsonObject) => void): void {
    this.#receive = receive;
    this.#deliver(this.#early.splice(0));
  }

  /** Writes to its stdin. One that has ended cannot be written to; whoever waits for an answer learns it by `ended`. */
  write(text: string): void {
    if (this.#child?.stdin.writable) this.#child.stdin.write(text);
  }

  /** Ends it and all it started: stdin first, which is how MCP tells a server to go, then signals. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  #start(spec: StdioSpec): ChildProcessWithoutNullStreams | null {
    try {
      const { cwd } = spec;
      const env = childEnvironment(spec.env, process.env);
      return spawnGroup(spec.command, spec.args, { env, ...(cwd !== undefined && { cwd }) });
    } catch (error) {
      // Most failures to start are an event; arguments that no program can be given are thrown.
      this.startFailure = error as NodeJS.ErrnoException;
      return null;
    }
  }

  async #untilEnded(child: ChildProcessWithoutNullStreams): Promise<void> {
    // Read from the first moment: Node throws away what a program that has exited wrote and nobody read.
    child.stdout.on('data', (chunk: Buffer) => {
      this.#deliver(this.stdout.read(chunk));
      if (this.stdout.isFlooded) void this.end();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.stderr.add(text));
    // Broken pipes are part of a server's end, and that is reported as its exit.
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => {});
    await new Promise<void>((resolve) => {
      child.on('error', (error) => {
        if (child.pid !== undefined) return;
        this.startFailure = error;
        resolve();
      });
      child.on('exit', (code, signal) => {
        if (this.#ending === null) this.exit = { code, signal };
        const timer = setTimeout(resolve, OUTPUT_GRACE_MS);
        child.on('close', () => clearTimeout(timer));
      });
      child.on('close', () => resolve());
    });
    this.#deliver(this.stdout.end());
  }

  #deliver(messages: Iterable<JsonObject>): void {
    for (const message of messages) {
      if (this.#receive !== null) this.#receive(message);
      else if (this.#early.length < MAX_EARLY_MESSAGES) this.#early.push(message);
    }
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    child.stdin.end();
    await endGroup(child, this.#grace);
    // Bounded, since one that runs as another user cannot even be killed; then it is let go, not waited for.
    await Promise.race([this.ended, sleep(OUTPUT_GRACE_MS, undefined, { ref: false })]);
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    child.unref();
  }
}
