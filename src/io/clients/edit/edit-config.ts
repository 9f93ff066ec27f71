import { changedContent, type EntryEdit, valueAt } from '../../../core/wrap/entry-change.ts';
import { BYTE_ORDER_MARK, withoutByteOrderMark } from '../../files/read-lines.ts';
import { BrokenConfig } from '../broken-config.ts';
import { parseConfig } from '../parse-config.ts';
import { configNotEditable } from './edit-errors.ts';

/**
 * The text of a config file with some of its entries changed. Whatever else it holds stays as it is written: comments,
 * order, indentation, line ends. What came out is read again: where it does not say what was meant, and nothing beside,
 * it is thrown away with a UserError.
 */
export async function editConfig(path: string, text: string, edits: readonly EntryEdit[]): Promise<string> {
  const plain = withoutByteOrderMark(text);
  const meant = changedContent((await parseConfig(path, plain)).content, edits);
  try {
    const edited = await editorFor(path)(plain, edits);
    if (!isSameContent((await parseConfig(path, edited)).content, meant)) throw configNotEditable(path);
    return plain === text ? edited : BYTE_ORDER_MARK + edited;
  } catch (error) {
    throw error instanceof BrokenConfig ? configNotEditable(path) : error;
  }
}

type Editor = (text: string, edits: readonly EntryEdit[]) => Promise<string>;

function editorFor(path: string): Editor {
  if (/\.toml$/i.test(path)) return async (...given) => (await import('./edit-toml.ts')).editToml(...given);
  if (/\.ya?ml$/i.test(path)) return async (...given) => (await import('./edit-yaml.ts')).editYaml(...given);
  return async (...given) => (await import('./edit-jsonc.ts')).editJsonc(...given);
}

/** Whatever objects are made of: a parser may give them no prototype, or make times of its own kind. */
function isSameContent(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (a instanceof Date || b instanceof Date) return String(a) === String(b);
  const [names, others] = [Object.keys(a), Object.keys(b)];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.length === others.length &&
    names.every((name) => Object.hasOwn(b, name) && isSameContent(valueAt(a, [name]), valueAt(b, [name])))
  );
}
