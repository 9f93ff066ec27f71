/**
 * A pattern that takes long to be made ready and to search with, behind a hint that does not. Whatever the pattern finds
 * holds the hint, and most texts hold neither. A group that repeats inside captures, since the engine compiles such a
 * group once and any other once for each turn.
 */
export class RarePattern {
  readonly hint: RegExp;
  readonly pattern: RegExp;

  constructor(hint: RegExp, pattern: RegExp) {
    this.hint = hint;
    this.pattern = pattern;
  }

  exec(text: string): RegExpExecArray | null {
    return this.hint.test(text) ? this.pattern.exec(text) : null;
  }
}
