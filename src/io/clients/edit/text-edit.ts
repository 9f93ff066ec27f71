/** A part of a text that is replaced. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export function withEdit(whole: string, { from, to, text }: TextEdit): string {
  return whole.slice(0, from) + text + whole.slice(to);
}

/** How the lines of a text end. */
export function lineEndOf(text: string): string {
  return /\r\n/.test(text) ? '\r\n' : '\n';
}

/** Where the line begins that a place is on. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The white space that a line begins with. */
export function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';
}
