import { type LocatedDocument, unreadableDocument } from './document-places.ts';

/** Reads what its name or the text itself says is JSON as JSON, and everything else as YAML. Never throws. */
export async function locatedDocument(text: string, name: string): Promise<LocatedDocument> {
  const isJson = /\.json$/i.test(name) || (!/\.ya?ml$/i.test(name) && /^\s*[{[]/.test(text));
  try {
    if (isJson) return (await import('./json-document.ts')).jsonDocument(text);
    return (await import('./yaml-document.ts')).yamlDocument(text);
  } catch (error) {
    // Both libraries walk down by calling themselves.
    if (!(error instanceof RangeError)) throw error;
    return unreadableDocument({ line: 1, column: 1 }, 'is nested too deeply');
  }
}
