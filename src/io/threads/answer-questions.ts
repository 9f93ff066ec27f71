import { parentPort, workerData } from 'node:worker_threads';

/** The other end of `startThread`: says that the thread has started, and answers one question after the other. */
export function answerQuestions<Data, Question, Answer>(begin: (data: Data) => (question: Question) => Answer): void {
  const answer = begin(workerData as Data);
  parentPort?.on('message', (question: Question) => parentPort?.postMessage(answer(question)));
  parentPort?.postMessage('started');
}
