import type { Caller } from '../../io/state/store.ts';
import { Shares } from './shares.ts';

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
  readonly onEnd: (held: Held<Kept>) => void;
}

/** The sessions of one server. What is used is never ended to make room. */
export class Sessions<Kept> {
  readonly #entries = new Map<string, Entry<Kept>>();
  readonly #options: SessionsOptions<Kept>;
  readonly #shares: Shares;

  constructor(options: SessionsOptions<Kept>) {
    this.#options = options;
    this.#shares = new Shares(options.max);
  }

  get size(): number {
    return this.#entries.size;
  }

  /**
   * Keeps room for one more, which is then to be opened or let go. False where all are in use, or all that this caller
   * may have.
   */
  reserve(caller: Caller): boolean {
    if (!this.#shares.hasRoom(caller)) {
      const oldest = this.#toMakeRoomFor(caller);
      if (oldest === undefined) return false;
      this.end(oldest.id);
    }
    this.#shares.take(caller);
    return true;
  }

  #toMakeRoomFor(caller: Caller): Entry<Kept> | undefined {
    const shares = this.#shares;
    const mayEndOthers = shares.isWithinShare(caller);
    const idle = [...this.#entries.values()].filter(
      (entry) => entry.uses === 0 && (mayEndOthers || entry.caller.grant === caller.grant),
    );
    // Whoever opens the most makes room first, so that no caller ends the sessions of the others.
    const heldBy = (entry: Entry<Kept>): number => shares.heldBy(entry.caller);
    return idle.sort((a, b) => heldBy(b) - heldBy(a) || a.idleSince - b.idleSince)[0];
  }

  letGo(caller: Caller): void {
    this.#shares.letGo(caller);
  }

  /** Opens one that room was reserved for. */
  open(id: string, caller: Caller, kept: Kept): Held<Kept> {
    const entry: Entry<Kept> = { id, caller, kept, uses: 0, idleSince: this.#options.now() };
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
    this.#shares.letGo(entry.caller);
    this.#options.onEnd(entry);
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
