/** Servers of 2024: one stream carries all that they say, and its first event tells where messages are posted to. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamEvent } from '../http/event-reader.ts';
import { MAX_MESSAGE_BYTES } from '../server-lines.ts';
import { readEvents, readRefusal } from './read-answer.ts';
import { answerAll, deliver, type Remote } from './remote.ts';
import { brokeOff } from './remote-errors.ts';
import { isStream } from './server-stream.ts';

const ENDPOINT_MS = 10_000;

/** Opens the stream; false where the server is not of this kind. */
export async function openAnswerStream(remote: Remote): Promise<boolean> {
  const { session, upstream, spec } = remote;
  session.stream?.abort();
  const stream = new AbortController();
  session.stream = stream;
  const { signal } = stream;
  const headers = { accept: 'text/event-stream' };
  const answer = await upstream.ask({ method: 'GET', headers, isRepeatable: true, signal }).catch(() => null);
  if (answer === null || !isStream(answer)) {
    if (answer !== null) await readRefusal(answer);
    return false;
  }
  const found = new Promise<URL | null>((resolve) => {
    const take = ({ event = 'message', data = '' }: StreamEvent): Promise<void> | undefined => {
      if (event === 'endpoint') resolve(addressIn(data, spec.url));
      return event === 'message' && data !== '' ? deliver(remote, data) : undefined;
    };
    void readEvents(answer.body, MAX_MESSAGE_BYTES, take)
      .catch(() => {})
      .then(() => {
        resolve(null);
        return ended(remote, stream);
      });
  });
  const timer = new AbortController();
  session.postTo = await Promise.race([found, sleep(ENDPOINT_MS, null, { signal: timer.signal, ref: false })]);
  timer.abort();
  if (session.postTo === null) stream.abort();
  return session.postTo !== null;
}

/** Null where it is no address, or one that our credentials are not for. */
function addressIn(data: string, asked: string): URL | null {
  const address = URL.canParse(data, asked) ? new URL(data, asked) : null;
  return address?.origin === new URL(asked).origin ? address : null;
}

/** Such a session is over with its stream, and what was asked on it is not answered any more. */
async function ended(remote: Remote, stream: AbortController): Promise<void> {
  const { session, inFlight, spec } = remote;
  if (stream.signal.aborted || session.stream !== stream || session.postTo === null) return;
  session.state = 'over';
  const problem = brokeOff(spec.name, 'The stream of its answers ended.');
  for (const exchange of new Set(inFlight.values())) await answerAll(remote, exchange, problem);
}
