import type { ConfigDocument } from '../../core/clients/config-document.ts';
import { yamlDocument } from '../documents/yaml-document.ts';
import { BrokenConfig } from './broken-config.ts';

export function parseYaml(text: string): ConfigDocument {
  const { value, placeOf, faults } = yamlDocument(text);
  const [first] = faults;
  if (first !== undefined) {
    const what = first.code === 'duplicate-key' ? 'has a key that is there twice' : 'is not YAML';
    throw new BrokenConfig(`Line ${first.line} ${what}.`);
  }
  return { content: value ?? {}, lineOf: (path) => placeOf(path).line };
}
