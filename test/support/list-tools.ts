/** Lists servers in tests: short ways to say which server, how, and what came of it. */
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HttpSpec, StdioSpec } from '../../src/core/server/server-spec.ts';
import { UserError } from '../../src/core/user-error.ts';
import { serverToolSource } from '../../src/io/tools/server-tool-source.ts';
import type { ToolListing } from '../../src/io/tools/tool-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'policylayer-io-'));
let files = 0;

/** A path in a fresh folder; with the text, where one is given. */
export function temporaryFile(text?: string): string {
  const path = join(folder, `file-${files++}`);
  if (text !== undefined) writeFileSync(path, text);
  return path;
}

/** A program run by this Node. */
export function nodeServer(file: string, ...args: string[]): StdioSpec {
  return { kind: 'stdio', name: 'fixture', command: process.execPath, args: [file, ...args], env: {} };
}

/** The fixture server with these tools and switches. */
export function toolServer(tools: readonly unknown[], ...switches: string[]): StdioSpec {
  const file = fileURLToPath(new URL('./tool-server.js', import.meta.url));
  return nodeServer(file, temporaryFile(JSON.stringify(tools)), ...switches);
}

/** `count` ordinary tools. */
export function someTools(count: number): object[] {
  return Array.from({ length: count }, (_, at) => ({ name: `tool_${at}`, inputSchema: { type: 'object' } }));
}

export function httpSpec(url: string, headers: Record<string, string> = {}): HttpSpec {
  return { kind: 'http', name: 'fixture', url, headers };
}

interface ListParts {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (doing: string) => void;
}

export function listTools(
  spec: StdioSpec | HttpSpec,
  { timeoutMs = 10_000, signal = new AbortController().signal, onProgress = () => {} }: ListParts = {},
): Promise<ToolListing> {
  return serverToolSource(spec, { timeoutMs }).listTools({ signal, onProgress });
}

/** The UserError that listing ends with. */
export async function failureOf(spec: StdioSpec | HttpSpec, parts: ListParts = {}): Promise<UserError> {
  const error = await listTools(spec, parts).then(
    () => assert.fail('the server was listed'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof UserError, `not a UserError: ${String(error)}`);
  return error;
}

export function namesOf(listing: ToolListing): unknown[] {
  return listing.tools.map((tool) => (tool as { name?: unknown }).name);
}

export function codesOf({ findings }: ToolListing): string[] {
  return findings.map(({ code }) => code);
}
