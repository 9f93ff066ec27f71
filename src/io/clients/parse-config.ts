import type { ConfigDocument } from '../../core/clients/config-document.ts';
import { withoutByteOrderMark } from '../files/read-lines.ts';

/** A config file as its ending says: TOML, YAML, or JSON with comments. Throws BrokenConfig where it is none. */
export async function parseConfig(path: string, text: string): Promise<ConfigDocument> {
  const plain = withoutByteOrderMark(text);
  if (plain.trim() === '') return { content: {}, lineOf: () => 1 };
  if (/\.toml$/i.test(path)) return (await import('./toml-config.ts')).parseToml(plain);
  if (/\.ya?ml$/i.test(path)) return (await import('./yaml-config.ts')).parseYaml(plain);
  return (await import('./jsonc-config.ts')).parseJsonc(plain);
}
