/**
 * Asks ahead and yields the answers in the order of the questions, each as soon as it is there: a source that is slow
 * to ask further holds up no answer. At most `atOnce` questions are asked and not yielded, so that a slow reader holds
 * up the source. Whoever leaves early has to end the source, which may be in the middle of a question.
 */
export async function* inOrder<Question, Answer>(
  questions: AsyncIterable<Question>,
  ask: (question: Question) => Promise<Answer>,
  atOnce: number,
): AsyncGenerator<Answer> {
  const source = questions[Symbol.asyncIterator]();
  const asked: Promise<Answer>[] = [];
  let next: Promise<IteratorResult<Question>> | null = null;
  let hasMore = true;
  while (hasMore || asked.length > 0) {
    if (hasMore && next === null && asked.length < atOnce) next = handled(source.next());
    const [oldest] = asked;
    const come = await Promise.race([
      ...(oldest === undefined ? [] : [oldest.then((answer) => ({ answer }))]),
      ...(next === null ? [] : [next.then((question) => ({ question }))]),
    ]);
    if ('answer' in come) {
      asked.shift();
      yield come.answer;
    } else {
      next = null;
      if (come.question.done) hasMore = false;
      else asked.push(handled(ask(come.question.value)));
    }
  }
}

/** What fails while something else is waited for fails when its turn comes, and never if nobody waits any more. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
