/** Tools without a connection: from a file, or piped in. */
import type { Finding } from '../../core/finding.ts';
import { locateJsonError } from '../../core/json/locate-json-error.ts';
import { parseToolsDocument, type ToolsDocument } from '../../core/listing/parse-tools-document.ts';
import { isObject } from '../../core/tool.ts';
import { type Line, linesOf } from '../files/read-lines.ts';
import type { ToolListing, ToolSource } from './tool-source.ts';
import { type OpenedInput, openInput, type ToolsInput } from './tools-input.ts';
import {
  inputEmpty,
  inputIsClientConfig,
  inputIsError,
  inputNotJson,
  inputWithoutTools,
} from './tools-input-errors.ts';

/** A line of a list with one tool a line: a tool still to be judged, or why it is none. */
export type ToolLine = { readonly raw: object } | { readonly number: number; readonly fault: string };

/** A file of a million broken lines must not fill the report. */
const MAX_LINE_FINDINGS = 50;

/** A list of tools as a source like any server. Nothing is read before `listTools`. */
export function inputToolSource(input: ToolsInput): ToolSource {
  const { name, target } = input;
  return {
    name,
    target,
    reachedBy: {},
    listTools: async ({ signal }) => listOpened(input, await openInput(input, signal)),
  };
}

/** The same of an input whose beginning was read already. */
export function openedToolSource(input: ToolsInput, opened: OpenedInput): ToolSource {
  return { ...inputToolSource(input), listTools: () => listOpened(input, opened) };
}

async function listOpened({ target }: ToolsInput, opened: OpenedInput): Promise<ToolListing> {
  if (opened.kind === 'lines') return collectLines(opened.blocks);
  const { server, tools, hasMore } = parseText(target, opened.text);
  return { transport: 'file', protocol: null, server, tools, findings: hasMore ? [oneOfSeveralPages()] : [] };
}

/** What a line holds. Its fault is a part of a sentence, since the place it stands in differs. */
export function readToolLine(line: Line): ToolLine {
  if ('fault' in line) return line;
  try {
    const raw: unknown = JSON.parse(line.text);
    return isObject(raw) ? { raw } : { number: line.number, fault: 'It is not an object' };
  } catch {
    const fault = locateJsonError(line.text);
    const where = fault && `Column ${fault.column}: expected ${fault.expected}, found ${fault.found}`;
    return { number: line.number, fault: where ?? 'It is not JSON' };
  }
}

async function collectLines(blocks: AsyncIterable<Buffer>): Promise<ToolListing> {
  const tools: object[] = [];
  const findings: Finding[] = [];
  let before = 0;
  let more = 0;
  for await (const block of blocks) {
    const { lines, ended } = linesOf(block);
    for (const read of lines.map(readToolLine)) {
      if ('raw' in read) tools.push(read.raw);
      else if (findings.length < MAX_LINE_FINDINGS)
        findings.push(lineUnreadable(`Line ${before + read.number}`, read.fault));
      else more += 1;
    }
    before += ended;
  }
  if (more > 0) findings.push(lineUnreadable(`${more} more lines`, 'They are broken like those above'));
  return { transport: 'file', protocol: null, server: null, tools, findings };
}

function parseText(name: string, text: string): ToolsDocument {
  if (text.trim() === '') throw inputEmpty(name);
  const document = parseJson(name, text);
  const parsed = parseToolsDocument(document);
  if (!('kind' in parsed)) {
    // One malformed tool does not hide the others; a list without any is a list of something else.
    if (parsed.tools.length === 0 || parsed.tools.some(isObject)) return parsed;
    throw inputWithoutTools(name, 'a list in which nothing is an object');
  }
  if (isObject(document) && isObject(document.mcpServers)) throw inputIsClientConfig(name);
  throw parsed.kind === 'no-tools' ? inputWithoutTools(name, parsed.found) : inputIsError(name, parsed.says);
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = locateJsonError(text);
    throw fault === null ? error : inputNotJson(name, fault);
  }
}

const lineUnreadable = (where: string, fault: string): Finding => ({
  code: 'line-unreadable',
  level: 'error',
  tool: null,
  message: `${where} could not be read. ${fault}.`,
  quotes: [],
});

const oneOfSeveralPages = (): Finding => ({
  code: 'one-of-several-pages',
  level: 'warning',
  tool: null,
  message: 'The list is one page of several (it has a "nextCursor"); the tools on the other pages were not seen.',
  quotes: [],
});
