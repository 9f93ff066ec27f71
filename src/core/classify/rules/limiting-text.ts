/** Words by which a description limits a tool to reading, or warns that nothing brings back what it removes. */

const READ_ONLY =
  /\bread[- ]only\b(?! (?:mode|replica|access mode|user|server|flag))|\bonly (?:select|read)s?\b|\bselect (?:queries|statements) only\b|\b(?:does|do|will) not (?:modify|change|write|alter|execute|submit|send|create|delete|place|save|store)\b|\bwithout (?:actually |really )?(?:modifying|changing|writing|altering|executing|submitting|sending|creating|deleting|placing|saving|applying|running|making (?:any )?changes)\b|\bno (?:changes|modifications|data) (?:is |are |will be )?(?:made|modified|changed|sent)\b|\bdry[- ]?run\b|\bside[- ]effect[- ]free\b/i;
const IRREVERSIBLE =
  /\bpermanent(?:ly)?\b|\birreversibl[ey]\b|\b(?:cannot|can't|can not) be (?:undone|recovered|reversed|restored)\b|\bunrecoverabl[ey]\b|\bno undo\b/i;

/** The words that limit the tool to reading, as written, or null. */
export function readOnlyText(text: string): string | null {
  return READ_ONLY.exec(text)?.[0] ?? null;
}

export function isReadOnlyText(text: string): boolean {
  return READ_ONLY.test(text);
}

/** The words that say that the effect cannot be undone, as written, or null. */
export function irreversibleText(text: string): string | null {
  return IRREVERSIBLE.exec(text)?.[0] ?? null;
}
