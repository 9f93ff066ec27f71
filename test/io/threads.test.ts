import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { UserError } from '../../src/core/user-error.ts';
import { inOrder } from '../../src/io/threads/in-order.ts';
import { startThread } from '../../src/io/threads/thread.ts';

/** What a thread answers that does this with every question. */
async function ask(does: string, question: unknown): Promise<unknown> {
  const code = `import { parentPort as to } from 'node:worker_threads';
    to.on('message', (question) => { ${does} });
    to.postMessage('started');`;
  const thread = startThread({ file: new URL(`data:text/javascript,${encodeURIComponent(code)}`), data: null });
  try {
    for (;;) {
      const answer = thread.ask(question);
      if (answer !== null) return await answer;
      await setImmediate();
    }
  } finally {
    await thread.end();
  }
}

test('a thread answers', async () => assert.equal(await ask('to.postMessage(question * 2)', 21), 42));

test('a thread that dies says so instead of leaving its question without an answer', async () => {
  for (const does of ['process.exit(0)', 'const all = []; for (;;) all.push(new Array(1e6).fill({}))'])
    await assert.rejects(ask(does, 1), (error) => error instanceof UserError && error.code === 'THREAD_WITHOUT_MEMORY');
});

test('a mistake in a thread stays what it is', async () => {
  await assert.rejects(ask('throw new TypeError("of ours")', 1), { name: 'TypeError', message: 'of ours' });
});

test('a thread that cannot start takes no question', async () => {
  const thread = startThread({ file: new URL('data:text/javascript,throw new Error()'), data: null });
  for (let turn = 0; turn < 100; turn++, await setImmediate()) assert.equal(thread.ask(1), null);
  await thread.end();
});

async function* countTo(last: number, asked: { last: number }): AsyncGenerator<number> {
  for (let number = 1; number <= last; number++) {
    asked.last = number;
    yield number;
  }
}

test('answers keep the order of the questions, whichever is first, and no more is asked than may wait', async () => {
  const asked = { last: 0 };
  const answers: number[] = [];
  const later = async (number: number): Promise<number> => {
    for (let turn = number % 3; turn >= 0; turn--) await setImmediate();
    return number;
  };
  for await (const answer of inOrder(countTo(50, asked), later, 4)) {
    answers.push(answer);
    assert.ok(asked.last <= answer + 4, `${asked.last} was asked while ${answer} was read`);
  }
  assert.deepEqual(
    answers,
    Array.from({ length: 50 }, (_, at) => at + 1),
  );
});

test('an answer does not wait for the next question', async () => {
  async function* once(): AsyncGenerator<number> {
    yield 1;
    await new Promise(() => {});
  }
  for await (const answer of inOrder(once(), async (number) => number, 4)) {
    assert.equal(answer, 1);
    break;
  }
});

test('answers before one that fails are read', async () => {
  const answers: number[] = [];
  const ask = async (number: number): Promise<number> => {
    if (number === 3) throw new Error('the third');
    await setImmediate();
    return number;
  };
  await assert.rejects(async () => {
    for await (const answer of inOrder(countTo(5, { last: 0 }), ask, 4)) answers.push(answer);
  }, /the third/);
  assert.deepEqual(answers, [1, 2]);
});
