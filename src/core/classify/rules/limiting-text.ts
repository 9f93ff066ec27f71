/** Words by which a description limits a tool to reading, or warns that nothing brings back what it removes. */
import { RarePattern } from './rare-pattern.ts';

export const READ_ONLY = new RarePattern(
  /only|not |without |\bno |dry|side|ted to/i,
  // One \b before all of them: an engine that checks each alternative's own takes twice the time.
  /\b(?:read[- ]only\b(?! (?:mode|replica|access mode|user|server|flag|an?|the|those|some|what|first|last|one)\b)|only (?:select|read)s?\b|select[- ]only\b|select (?:queries|statements) only\b|(?:limited|restricted) to (?:select|reading)\b|(?:does|do|will) not (?:modify|change|write|alter|execute|submit|send|create|delete|place|save|store)\b|without (?:actually |really )?(?:modifying|changing|writing|altering|executing|submitting|sending|creating|deleting|placing|saving|applying|running|making (?:any )?changes)\b|no (?:changes|modifications|data) (?:is |are |will be )?(?:made|modified|changed|sent)\b|(?<!-|\b(?:supports?|honou?rs?|accepts?|offers?|optional|optionally) )dry[- ]?run\b(?! (?:by default|mode|flag|option|parameter|switch|is)\b)|side[- ]effect[- ]free\b)/i,
);
const IRREVERSIBLE =
  /\b(?:permanent(?:ly)?\b|irreversibl[ey]\b|(?:cannot|can't|can not) be (?:undone|recovered|reversed|restored)\b|unrecoverabl[ey]\b|no undo\b)/i;

const LOSS =
  /\bdestructive (?:operation|action|command)s?\b|\bwill be (?:permanently )?(?:lost|erased|wiped)\b|\birreversibl[ey]\b|\b(?:cannot|can't|can not) be (?:undone|recovered|reversed)\b|\bno undo\b/gi;
/** What stands right before such words and takes them back: "not a destructive operation", "no data will be lost", a quotation. */
const TAKEN_BACK = /(?:\b(?:not|no|never|non|nothing|without|isn't|avoids?|otherwise)\b[^.\n]{0,20}|["'“‘`])$/i;
const MAX_BEFORE = 40;

/** The words that warn of a loss, as written and not taken back, or null. */
export function lossWarning(text: string): string | null {
  for (const { 0: quote, index } of text.matchAll(LOSS))
    if (!TAKEN_BACK.test(text.slice(Math.max(0, index - MAX_BEFORE), index))) return quote;
  return null;
}

/** The words that limit the tool to reading, as written, or null. */
export function readOnlyText(text: string): string | null {
  return READ_ONLY.exec(text)?.[0] ?? null;
}

export function isReadOnlyText(text: string): boolean {
  return readOnlyText(text) !== null;
}

/** The words that say that the effect cannot be undone, as written, or null. */
export function irreversibleText(text: string): string | null {
  return IRREVERSIBLE.exec(text)?.[0] ?? null;
}
