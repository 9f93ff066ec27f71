import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSafeAddress } from '../../src/core/secrets/safe-address.ts';

const REMOTE = 'https://mcp.example/mcp';
const LOCAL = 'http://localhost:3000/mcp';

test('https is safe wherever it leads, other than to this machine', () => {
  for (const server of [REMOTE, LOCAL]) {
    assert.ok(isSafeAddress('https://login.example/authorize?a=b', { server }));
    for (const address of ['http://login.example/', 'http://localhost.example/', 'http://10.0.0.1/', 'http://[::2]/'])
      assert.ok(!isSafeAddress(address, { server }), address);
  }
});

test('this machine is safe only for a server that runs on it, however it is spelt', () => {
  const spellings = [
    'http://localhost:1/',
    'http://127.0.0.1:1/',
    'http://127.1/',
    'http://2130706433/',
    'http://[::1]/',
  ];
  for (const address of [...spellings, 'https://localhost/', 'http://auth.localhost/']) {
    assert.ok(isSafeAddress(address, { server: LOCAL }), address);
    assert.ok(!isSafeAddress(address, { server: REMOTE }), address);
  }
});

test('no other scheme is safe, and no address that carries a user or is none', () => {
  for (const address of ['file:///etc/passwd', 'javascript:alert(1)', 'vscode://x', 'https://a@b.example/', '', 'x'])
    for (const server of [REMOTE, LOCAL]) assert.ok(!isSafeAddress(address, { server }), address);
});
