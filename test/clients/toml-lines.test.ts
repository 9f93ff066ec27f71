import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tomlLine } from '../../src/core/clients/toml-lines.ts';

const TEXT = `model = "x" # [mcp_servers.fake]
[mcp_servers.a]
command = "npx"
env.KEY = "1"
[mcp_servers."b.c".env]
TOKEN = "2"
[[list]]
name = "first"
[[list]]
name = "second"
`;

const PLACES: readonly (readonly [line: number, ...path: (string | number)[]])[] = [
  [2, 'mcp_servers', 'a'],
  [3, 'mcp_servers', 'a', 'command'],
  [4, 'mcp_servers', 'a', 'env', 'KEY'],
  [5, 'mcp_servers', 'b.c'],
  [6, 'mcp_servers', 'b.c', 'env', 'TOKEN'],
  [7, 'list', 0],
  [10, 'list', 1, 'name'],
  [2, 'mcp_servers', 'a', 'args'],
  [1, 'nowhere'],
];

for (const [line, ...path] of PLACES)
  test(`line ${line} holds ${path.join('.')}`, () => assert.equal(tomlLine(TEXT, path), line));
