import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LastLines } from '../../src/io/stdio/last-lines.ts';
import { MessageReader } from '../../src/io/stdio/message-reader.ts';

const asIs = (text: string): string => text;

/** What a reader makes of these chunks, and of the end after them. */
function readAll(...chunks: (string | Buffer)[]) {
  const reader = new MessageReader(asIs);
  const messages = chunks.flatMap((chunk) => [...reader.read(Buffer.from(chunk))]);
  return { reader, messages: [...messages, ...reader.end()] };
}

test('a message is read whole wherever its chunks are cut, also inside a character', () => {
  const text = Buffer.from('{"jsonrpc":"2.0","id":1,"result":"grüße"}\n');
  for (let cut = 0; cut <= text.length; cut++) {
    const { messages } = readAll(text.subarray(0, cut), text.subarray(cut));
    assert.deepEqual(messages, [{ jsonrpc: '2.0', id: 1, result: 'grüße' }]);
  }
});

test('Windows line ends, blank lines and a last line without an end are read', () => {
  const { messages, reader } = readAll('{"jsonrpc":"2.0","id":1}\r\n\r\n\n{"jsonrpc":"2.0","id":2}');
  assert.deepEqual(messages, [
    { jsonrpc: '2.0', id: 1 },
    { jsonrpc: '2.0', id: 2 },
  ]);
  assert.equal(reader.noiseCount, 0);
});

test('several messages in an array are read one by one', () => {
  assert.equal(readAll('[{"jsonrpc":"2.0","id":1},{"jsonrpc":"2.0","id":2}]\n').messages.length, 2);
});

test('what is no JSON-RPC is noise: text, broken JSON, other JSON', () => {
  const { messages, reader } = readAll('up\n{"jsonrpc":"2.0",\n{"a":1}\n[]\n[1]\nnull\n');
  assert.deepEqual(messages, []);
  assert.equal(reader.noiseCount, 6);
  assert.equal(reader.firstNoise, 'up');
});

test('a quoted line of noise is bounded', () => {
  assert.equal(readAll(`${'x'.repeat(1_000_000)}\n`).reader.firstNoise.length, 200);
});

test('last lines are redacted before they are cut, so that no part of a secret stays', () => {
  const lines = new LastLines((text) => text.replaceAll('swordfish', '***'));
  lines.add(`${'x'.repeat(495)}swordfish\n`);
  assert.deepEqual(lines.toArray(), [`${'x'.repeat(495)}***`]);
});
