import type { Caller } from '../../io/state/store.ts';

/**
 * What callers hold of something that all of them share. One alone may hold three quarters of it: the rest is for the
 * others, so that nobody can shut them out.
 */
export class Shares {
  readonly #max: number;
  readonly #shareOfOne: number;
  readonly #held = new Map<string, number>();
  #all = 0;

  constructor(max: number) {
    this.#max = max;
    this.#shareOfOne = Math.ceil((max * 3) / 4);
  }

  heldBy({ grant }: Caller): number {
    return this.#held.get(grant) ?? 0;
  }

  /** Whether the caller may hold so much more, as far as only its own share is looked at. */
  isWithinShare(caller: Caller, amount = 1): boolean {
    return this.heldBy(caller) + amount <= this.#shareOfOne;
  }

  hasRoom(caller: Caller, amount = 1): boolean {
    return this.#all + amount <= this.#max && this.isWithinShare(caller, amount);
  }

  take(caller: Caller, amount = 1): void {
    this.#all += amount;
    this.#held.set(caller.grant, this.heldBy(caller) + amount);
  }

  letGo(caller: Caller, amount = 1): void {
    this.#all -= amount;
    const left = this.heldBy(caller) - amount;
    if (left > 0) this.#held.set(caller.grant, left);
    else this.#held.delete(caller.grant);
  }
}
