import type { Caller } from '../../io/state/store.ts';

/** A session as a client sees it: an id that only the grant it was opened with may use. */
export interface Held<Kept> {
  readonly id: string;
  readonly caller: Caller;
  readonly kept: Kept;
}

interface Entry<Kept> extends Held<Kept> {
  /** Requests and streams that are open. */
  uses: number;
  idleSince: number;
}

interface SessionsOptions<Kept> {
  readonly max: number;
  readonly idleMs: number;
  readonly now: () => number;
  /** Told of each session that is over, whatever ended it. */
  readonly onEnd: (kept: Kept) => void;
}

/** The sessions of one server. What is used is never ended to make room. */
export class Sessions<Kept> {
  readonly #entries = new Map<string, Entry<Kept>>();
  readonly #options: SessionsOptions<Kept>;

  constructor(options: SessionsOptions<Kept>) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Makes room for one more besides those that are about to be opened; false where all are in use. */
  makeRoom(opening = 0): boolean {
    if (this.#entries.size + opening < this.#options.max) return true;
    const idle = [...this.#entries.values()].filter(({ uses }) => uses === 0);
    const held = new Map<string, number>();
    for (const { caller } of this.#entries.values()) held.set(caller.grant, (held.get(caller.grant) ?? 0) + 1);
    const heldBy = ({ caller }: Entry<Kept>): number => held.get(caller.grant) ?? 0;
    // Whoever opens the most makes room first, so that no caller ends the sessions of the others.
    const [oldest] = idle.sort((a, b) => heldBy(b) - heldBy(a) || a.idleSince - b.idleSince);
    if (oldest === undefined) return false;
    this.end(oldest.id);
    return true;
  }

  open(id: string, caller: Caller, kept: Kept): Held<Kept> {
    const entry: Entry<Kept> = { id, caller, kept, uses: 0, idleSince: this.#options.now() };
    this.end(id);
    this.#entries.set(id, entry);
    return entry;
  }

  /** Null for another caller as for an id that never was: whoever tries ids learns nothing. */
  find(id: string, caller: Caller): Held<Kept> | null {
    const entry = this.#entries.get(id);
    return entry === undefined || entry.caller.grant !== caller.grant ? null : entry;
  }

  /** Marks the session as used until the function it returns is called. */
  use(id: string): () => void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return () => {};
    entry.uses++;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      entry.uses--;
      entry.idleSince = this.#options.now();
    };
  }

  end(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    this.#options.onEnd(entry.kept);
  }

  endIdle(): void {
    const before = this.#options.now() - this.#options.idleMs;
    for (const { id, uses, idleSince } of [...this.#entries.values()])
      if (uses === 0 && idleSince < before) this.end(id);
  }

  endWhere(isOver: (held: Held<Kept>) => boolean): void {
    for (const entry of [...this.#entries.values()]) if (isOver(entry)) this.end(entry.id);
  }

  endAll(): void {
    this.endWhere(() => true);
  }
}
