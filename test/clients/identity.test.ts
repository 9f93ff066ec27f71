import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identityOf, isSameServer } from '../../src/core/clients/identity.ts';
import { printablePath, withoutHome } from '../../src/core/printable-path.ts';
import { placeholder } from '../../src/core/project/placeholder.ts';
import type { HttpSpec, StdioSpec } from '../../src/core/server/server-spec.ts';

const stdio = (...[command = '', ...args]: string[]): StdioSpec => ({
  kind: 'stdio',
  name: 'a',
  command,
  args,
  env: {},
});
const http = (url: string): HttpSpec => ({ kind: 'http', name: 'a', url, headers: {} });

const SAME: readonly (readonly [StdioSpec | HttpSpec, StdioSpec | HttpSpec])[] = [
  [stdio('npx', '-y', 'a'), stdio('npx', 'a')],
  [stdio('npx', '-y', 'a'), stdio('C:\\Program Files\\nodejs\\npx.cmd', '--yes', 'a')],
  [stdio('npx', 'a'), stdio('cmd', '/c', 'npx', '-y', 'a')],
  [http('https://a.example/mcp'), http('https://A.example:443/mcp/#x')],
  [http('https://a.example/mcp?token=1'), http('https://a.example/mcp?token=2')],
  [stdio('a', '--key=secret'), stdio('a', `--key=${placeholder('KEY')}`)],
  [http(`https://a.example/${placeholder('KEY')}/mcp`), http('https://a.example/secret/mcp')],
];

const DIFFERENT: typeof SAME = [
  [stdio('npx', 'a'), stdio('npx', 'b')],
  [stdio('npx', 'a'), stdio('npx', 'a', '-y')],
  [stdio('node', 'a.js'), stdio('/opt/node', 'a.js')],
  [stdio('a', 'b'), stdio('a b')],
  [stdio('a'), http('https://a.example')],
  [http('https://a.example/mcp'), http('http://a.example/mcp')],
  [http('https://a.example/mcp?team=1'), http('https://a.example/mcp?team=2')],
  [stdio('a', '--key=secret'), stdio('a', `--other=${placeholder('KEY')}`)],
];

for (const [a, b] of SAME)
  test(`one server: ${identityOf(a)} and ${identityOf(b)}`, () => assert.ok(isSameServer(a, b) && isSameServer(b, a)));

for (const [a, b] of DIFFERENT)
  test(`two servers: ${identityOf(a)} and ${identityOf(b)}`, () =>
    assert.ok(!isSameServer(a, b) && !isSameServer(b, a)));

test('the home folder is shown as ~, and nothing else is', () => {
  assert.equal(printablePath('/home/me/.cursor/mcp.json', '/home/me'), '~/.cursor/mcp.json');
  assert.equal(printablePath('/home/me', '/home/me/'), '~');
  assert.equal(printablePath('/home/meta/x', '/home/me'), '/home/meta/x');
  assert.equal(printablePath('C:\\Users\\me\\x', 'C:\\Users\\me'), '~\\x');
  assert.equal(
    withoutHome('node /home/me/a.js --dir=/home/me /home/meta', '/home/me'),
    'node ~/a.js --dir=~ /home/meta',
  );
  assert.equal(withoutHome('node c:/users/me/a.js "C:\\\\Users\\\\me\\\\b"', 'C:\\Users\\me'), 'node ~/a.js "~\\\\b"');
});
