import { Worker } from 'node:worker_threads';
import { threadDied } from './thread-errors.ts';

/** What a thread does is in a file of its own, which calls `answerQuestions`. */
export interface ThreadFile {
  readonly file: URL;
  /** What it is started with. Copied, as questions and answers are. */
  readonly data: unknown;
}

export interface Thread<Question, Answer> {
  /** Null where it has enough to do, has not started yet, or never will: the system may allow none. */
  readonly ask: (question: Question) => Promise<Answer> | null;
  readonly end: () => Promise<void>;
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** One question is answered while the next waits, so that the thread is never idle. */
const ENOUGH = 2;

export function startThread<Question, Answer>({ file, data }: ThreadFile): Thread<Question, Answer> {
  const worker = new Worker(file, { workerData: data });
  /** Answers come in the order of the questions. */
  const waiting: Waiting<Answer>[] = [];
  let takes = 0;
  const die = (cause?: Error): void => {
    takes = 0;
    for (const { reject } of waiting.splice(0)) reject(threadDied(cause));
  };
  worker.once('message', () => {
    takes = ENOUGH;
    worker.on('message', (answer: Answer) => waiting.shift()?.resolve(answer));
  });
  worker.on('error', die);
  worker.on('exit', () => die());
  return {
    ask: (question) => {
      if (waiting.length >= takes) return null;
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker.postMessage(question);
      });
    },
    end: async () => void (await worker.terminate()),
  };
}
