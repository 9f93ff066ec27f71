/** How a value that no header can carry as it is travels in one: `=?base64?...?=`. */
const ENCODED = /^=\?base64\?(.*)\?=$/s;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** What arrives in a header that was sent as it is. */
const PLAIN = /^[\t\x20-\x7e]*$/;

/** What the header says; null where it cannot be read, or holds what none may. */
export function decodeHeaderValue(header: string): string | null {
  const [, encoded] = ENCODED.exec(header) ?? [];
  if (encoded === undefined) return PLAIN.test(header) ? header : null;
  if (!BASE64.test(encoded)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    return null;
  }
}

/** The header that says `value`. */
export function encodeHeaderValue(value: string): string {
  const isPlain = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/.test(value) && !ENCODED.test(value);
  return isPlain ? value : `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`;
}
