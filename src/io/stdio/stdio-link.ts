import type { Finding } from '../../core/finding.ts';
import { redactor } from '../../core/server/redact.ts';
import type { StdioSpec } from '../../core/server/server-spec.ts';
import type { UserError } from '../../core/user-error.ts';
import { openInitializedSession } from '../session/initialized-session.ts';
import { stdoutNoise } from '../session/listing-findings.ts';
import type { ServerLink } from '../session/server-link.ts';
import { RefusedRequest, type Session } from '../session/session.ts';
import { openStatelessSession, UNSUPPORTED_PROTOCOL_VERSION } from '../session/stateless-session.ts';
import { ChildProcessTransport } from './child-process-transport.ts';
import { explainStdioFailure } from './explain-stdio-failure.ts';
import { ServerProcess } from './server-process.ts';

/** The way to a server that is a program on this machine. It starts with the link, while the SDK is still loading. */
export class StdioLink implements ServerLink {
  readonly transport = 'stdio';
  readonly #spec: StdioSpec;
  readonly #redact: (text: string) => string;
  readonly #process: ServerProcess;

  constructor(spec: StdioSpec) {
    this.#spec = spec;
    this.#redact = redactor(spec);
    this.#process = new ServerProcess(spec, this.#redact);
  }

  async connect(): Promise<Session> {
    const transport = new ChildProcessTransport(this.#process);
    try {
      return await openInitializedSession(transport);
    } catch (error) {
      if (!(error instanceof RefusedRequest) || error.code !== UNSUPPORTED_PROTOCOL_VERSION) throw error;
      return await openStatelessSession(transport);
    }
  }

  receivedBytes(): number {
    return this.#process.stdout.receivedBytes;
  }

  findings(): Finding[] {
    const { noiseCount, firstNoise } = this.#process.stdout;
    return noiseCount === 0 ? [] : [stdoutNoise(noiseCount, firstNoise)];
  }

  /** Where it wrote nothing to stderr, what it wrote to stdout beside the protocol: some print usage there. */
  lastWords(): string[] {
    const words = this.#process.stderr.toArray();
    return words.length > 0 ? words : this.#process.stdout.noise.toArray();
  }

  explain(error: unknown, { isListing }: { readonly isListing: boolean }): UserError {
    const { startFailure, exit } = this.#process;
    return explainStdioFailure(this.#spec, error, {
      isListing,
      startFailure,
      exit,
      isFlooded: this.#process.stdout.isFlooded,
      lastWords: this.lastWords(),
      redact: this.#redact,
    });
  }

  close(): Promise<void> {
    return this.#process.end();
  }
}
