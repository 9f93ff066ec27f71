const MAX_LINES = 20;
const MAX_LINE_LENGTH = 500;
/** A secret at the end of a kept line is recognised only as a whole, so more than the kept length is read. */
const MAX_READ_LENGTH = 16_384;

/** The last lines of a stream that may never end and never break a line; what is kept is bounded. */
export class LastLines {
  readonly #redact: (text: string) => string;
  readonly #lines: string[] = [];
  #unfinished = '';

  constructor(redact: (text: string) => string) {
    this.#redact = redact;
  }

  add(text: string): void {
    const lines = text.split('\n');
    for (const [at, line] of lines.entries()) {
      this.#unfinished = (this.#unfinished + line).slice(0, MAX_READ_LENGTH);
      if (at < lines.length - 1) this.#finishLine();
    }
  }

  /** Oldest first, blank lines left out, also a last one that was not ended. */
  toArray(): string[] {
    this.#finishLine();
    return [...this.#lines];
  }

  #finishLine(): void {
    const line = this.#redact(this.#unfinished.trimEnd()).slice(0, MAX_LINE_LENGTH);
    this.#unfinished = '';
    if (line === '') return;
    this.#lines.push(line);
    if (this.#lines.length > MAX_LINES) this.#lines.shift();
  }
}
