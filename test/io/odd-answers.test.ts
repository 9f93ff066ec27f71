import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { innermostMessage } from '../../src/io/innermost-message.ts';
import { answerFailure } from '../../src/io/session/answer-failure.ts';
import { RefusedRequest } from '../../src/io/session/session.ts';
import { failureOf, listTools, namesOf, someTools, toolServer } from '../support/list-tools.ts';

const HELLO = { protocolVersion: '2025-06-18' };

const FAILURES: readonly (readonly [says: string | null, answer: object])[] = [
  [null, { result: HELLO }],
  [null, { result: HELLO, error: null }],
  ['no', { error: { code: -1, message: 'no' } }],
  ['no message', { error: { code: -1 } }],
  ['It answered "initialize" with an error without a code: boom', { error: 'boom' }],
  ['It answered "initialize" with an error without a code: no', { error: { message: 'no' } }],
  ['It answered "initialize" with an error without a code: no message', { error: [1] }],
  ['Its answer to "initialize" has no result.', {}],
  ['Its answer to "initialize" has no result.', { result: null, error: null }],
  ['Its answer to "initialize" has no result.', { result: 'hello' }],
  ['Its answer to "initialize" names no protocol version.', { result: { ...HELLO, protocolVersion: 20250618 } }],
];

for (const [says, answer] of FAILURES)
  test(`the answer ${JSON.stringify(answer)} ${says === null ? 'is one' : 'is explained'}`, () =>
    assert.equal(answerFailure('initialize', { ...answer })?.message ?? null, says));

test('only an error with a code is the refusal of a request', () => {
  assert.ok(answerFailure('x', { error: { code: 1, message: '' } }) instanceof RefusedRequest);
  assert.ok(!(answerFailure('x', { error: 'boom' }) instanceof RefusedRequest));
});

test('what a schema says of a message is not a bracket', () => {
  const error = Object.assign(new Error('[\n  {\n    "code": "invalid_union"'), { issues: [{}] });
  assert.equal(innermostMessage(error), 'What it sent is no JSON-RPC message');
});

describe('odd answers over stdio', { concurrency: 4 }, () => {
  test('a server that writes "error": null beside every result is listed', async () => {
    assert.deepEqual(namesOf(await listTools(toolServer(someTools(1), '--also', '{"error":null}'))), ['tool_0']);
  });

  test('an answer without a result is told at once, not at the time limit', async () => {
    for (const also of ['{"result":null}', '{"result":"hi"}', '{"error":"boom"}', '{"error":[]}']) {
      const start = performance.now();
      const error = await failureOf(toolServer([], '--also', also), { timeoutMs: 8000 });
      assert.equal(error.code, 'ANSWER_NOT_UNDERSTOOD', also);
      assert.ok(performance.now() - start < 4000);
    }
  });

  test('an error without an id is the answer to the one request that waits', async () => {
    const error = await failureOf(toolServer([], '--also', '{"id":null,"error":{"code":-32700,"message":"parse"}}'));
    assert.equal(error.because, 'It answered "initialize" with error -32700: parse.');
  });

  test('a server that chatters is listed', async () => {
    assert.equal((await listTools(toolServer(someTools(1), '--chatter', '20000'))).tools.length, 1);
  });
});
