import type { ServerResponse } from 'node:http';
import { idKey, isRequestId } from '../../message/json-rpc.ts';
import { accept, answerText } from '../answer.ts';
import { openEventStream } from '../event-stream.ts';
import type { Outlet } from './outlet.ts';

/** What a client gets for what it posted: its answers as JSON or, where that takes long or anything else is to be said, a stream. */
export interface PostReply {
  /** Whether what is said now reaches the client. */
  readonly isOpen: boolean;
  /** Says something besides the answers. */
  tell(message: string): Promise<unknown>;
  /** One of the answers, as text. What nobody waits for is dropped. */
  answer(id: unknown, text: string, status?: number): Promise<unknown>;
  /** A request that will not be answered: it was cancelled. */
  drop(id: unknown): void;
  /** The requests that have no answer yet. */
  unanswered(): string[];
  /** Starts the stream, which is to be held open. */
  stream(): void;
  /** What was posted has been passed on: where nothing is to be answered that is all. */
  taken(): void;
  /** Resolves with the last answer. */
  readonly done: Promise<void>;
}

interface PostReplyOptions {
  readonly response: ServerResponse;
  readonly parts: readonly unknown[];
  readonly isBatch: boolean;
  /** Where the stream takes its events from; null: there may be none. */
  readonly openOutlet: (() => Outlet) | null;
  /** A client whose answer takes longer gets a stream. */
  readonly streamAfterMs: number;
  /** Whether the client understands an event that says nothing but its id. */
  readonly hasPrimer?: boolean;
  /** What the head of the answer has besides; asked when all answers are there. */
  readonly headers?: (answers: readonly string[]) => Readonly<Record<string, string>>;
  readonly keepAliveMs: number;
  readonly stallTimeoutMs: number;
}

/** The key of an answer to something that has no id to name. */
const NAMELESS = '';

const keyOf = (id: unknown): string => (isRequestId(id) ? idKey(id) : NAMELESS);

/** Those parts of a body that are answered; what is no object is, too. */
function awaitedKeys(parts: readonly unknown[]): string[] {
  return parts.flatMap((part) => {
    if (typeof part !== 'object' || part === null) return [NAMELESS];
    return 'id' in part && 'method' in part ? [keyOf(part.id)] : [];
  });
}

export function createPostReply(options: PostReplyOptions): PostReply {
  const { response, openOutlet } = options;
  const awaited = awaitedKeys(options.parts);
  const answers: string[] = [];
  let status = 200;
  let outlet: Outlet | null = null;
  const stream = (): Outlet | null => {
    if (outlet !== null || openOutlet === null || response.headersSent || response.destroyed) return outlet;
    clearTimeout(timer);
    outlet = openOutlet();
    const events = openEventStream(response, options);
    const primer = options.hasPrimer === true ? outlet.primer() : null;
    if (primer !== null) void events.send({ id: primer, data: '' });
    outlet.attach(events);
    for (const answer of answers) void outlet.push(answer);
    return outlet;
  };
  let resolveDone = (): void => {};
  const done = new Promise<void>((resolve) => {
    resolveDone = resolve;
  });
  const timer = openOutlet === null ? undefined : setTimeout(stream, options.streamAfterMs);
  const finish = (): void => {
    clearTimeout(timer);
    resolveDone();
    const headers = options.headers?.(answers) ?? {};
    if (outlet !== null) outlet.finish();
    else {
      const text = options.isBatch ? `[${answers.join(',')}]` : (answers[0] ?? '{}');
      answerText(response, text, { ...options, status, headers: { 'content-type': 'application/json', ...headers } });
    }
  };
  if (awaited.length === 0) clearTimeout(timer);
  return {
    get isOpen() {
      return awaited.length > 0 && !response.destroyed && (outlet !== null ? outlet.isOpen : openOutlet !== null);
    },
    tell: (message) => stream()?.push(message) ?? Promise.resolve(),
    answer(id, text, statusOfAll = 200) {
      const at = awaited.indexOf(keyOf(id));
      if (at < 0) return Promise.resolve();
      awaited.splice(at, 1);
      answers.push(text);
      if (!options.isBatch) status = statusOfAll;
      const sent = outlet?.push(text) ?? Promise.resolve();
      if (awaited.length === 0) finish();
      return sent;
    },
    drop(id) {
      const at = awaited.indexOf(keyOf(id));
      if (at < 0) return;
      awaited.splice(at, 1);
      if (awaited.length > 0) return;
      // A stream may end without an answer, where one as JSON may not.
      if (answers.length === 0) stream();
      finish();
    },
    unanswered: () => [...awaited],
    stream: () => void stream(),
    taken() {
      if (awaited.length > 0 || answers.length > 0) return;
      resolveDone();
      accept(response);
    },
    done,
  };
}
