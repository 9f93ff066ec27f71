import { parse, TomlError } from 'smol-toml';
import type { ConfigDocument } from '../../core/clients/config-document.ts';
import { tomlLine } from '../../core/clients/toml-lines.ts';
import { BrokenConfig } from './broken-config.ts';

/** The message of the library shows the line itself, so only its number is taken. */
export function parseToml(text: string): ConfigDocument {
  try {
    return { content: parse(text), lineOf: (path) => tomlLine(text, path) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new BrokenConfig(`Line ${error.line} is not TOML.`);
  }
}
