/** What is edited keeps the ends of line it has. In between there is one kind: in comments a library would keep the other. */
export const unixLineEnds = (text: string): string => text.replaceAll('\r\n', '\n');

/** A text with the ends of line that another has. */
export function withLineEndsOf(model: string, text: string): string {
  return model.includes('\r\n') ? unixLineEnds(text).replaceAll('\n', '\r\n') : text;
}
