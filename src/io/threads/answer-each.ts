import { availableParallelism } from 'node:os';
import { inOrder } from './in-order.ts';
import { startThread, type Thread, type ThreadFile } from './thread.ts';

/** A thread takes half a second of a core to start and to warm up, which less than some ten thousand tools do not earn. */
const BYTES_ALONE = 4 * 1024 * 1024;
const AT_ONCE = 8;

/**
 * Answers to blocks in their order: here, and of a long input in a thread too, where there is a core for it. One thread
 * brings nearly all that two do, since we work on beside it, and the second takes its core from whoever else needs it.
 */
export async function* answerEach<Answer>(
  blocks: AsyncIterable<Buffer>,
  here: (block: Uint8Array) => Answer,
  threadFile: ThreadFile,
): AsyncGenerator<Answer> {
  const bytesAlone = availableParallelism() > 1 ? BYTES_ALONE : Number.POSITIVE_INFINITY;
  const started: Thread<Uint8Array, Answer>[] = [];
  let bytes = 0;
  const ask = async (block: Buffer): Promise<Answer> => {
    if (bytes >= bytesAlone && started.length === 0) started.push(startThread(threadFile));
    bytes += block.length;
    return started[0]?.ask(block) ?? here(block);
  };
  try {
    yield* inOrder(blocks, ask, AT_ONCE);
  } finally {
    await started[0]?.end();
  }
}
