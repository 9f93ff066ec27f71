import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EndSignal } from '../../io/ending.ts';
import type { UpstreamAnswer } from '../../io/upstream.ts';
import { MAX_MESSAGE_BYTES } from '../server-lines.ts';
import { mediaType, readEvents, readRefusal } from './read-answer.ts';
import { deliver, type Remote } from './remote.ts';
import { sessionHeaders } from './remote-session.ts';

const FIRST_WAIT_MS = 1000;
const SHORTEST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;

/** How far a stream was read, and how it is taken up again. */
export interface StreamPlace {
  lastEventId: string | undefined;
  /** How long the server wants us to wait before we ask for the rest. */
  retryMs: number;
  /** How many events there were. */
  events: number;
}

export const startOfStream = (): StreamPlace => ({ lastEventId: undefined, retryMs: FIRST_WAIT_MS, events: 0 });

/** Passes on what a stream says, to its end. Throws where it breaks off. */
export async function passStream(remote: Remote, body: IncomingMessage, place: StreamPlace): Promise<void> {
  await readEvents(body, MAX_MESSAGE_BYTES, ({ id, event = 'message', retry, data }) => {
    place.events += 1;
    if (id !== undefined) place.lastEventId = id === '' ? undefined : id;
    if (retry !== undefined && /^\d{1,9}$/.test(retry))
      place.retryMs = Math.min(Math.max(Number(retry), SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
    return event === 'message' && data !== undefined && data !== '' ? deliver(remote, data) : undefined;
  });
}

/** Asks for the stream of a session, or for the rest of another stream of it. */
export function askForStream(remote: Remote, place: StreamPlace, signal: EndSignal): Promise<UpstreamAnswer> {
  const rest = place.lastEventId === undefined ? {} : { 'last-event-id': place.lastEventId };
  const headers = { accept: 'text/event-stream', ...sessionHeaders(remote.session), ...rest };
  return remote.upstream.ask({ method: 'GET', headers, isRepeatable: true, signal });
}

export const isStream = ({ status, headers }: UpstreamAnswer): boolean =>
  status === 200 && mediaType(headers) === 'text/event-stream';

/** A refusal that may be another one next time. */
export const isPassing = (status: number): boolean => status >= 500 || status === 429 || status === 408;

/** Passes on what the server says unasked, for as long as the session lasts. Most servers have no such stream. */
export async function followServer(remote: Remote, signal: AbortSignal): Promise<void> {
  const place = startOfStream();
  let quietMs = 0;
  while (!signal.aborted) {
    const { events } = place;
    try {
      const answer = await askForStream(remote, place, signal);
      if (isStream(answer)) await passStream(remote, answer.body, place);
      else {
        await readRefusal(answer);
        if (!isPassing(answer.status)) return;
      }
    } catch {
      // Whether the server is there at all is found out, and told, by what the client asks.
    }
    quietMs = place.events > events ? 0 : Math.min(Math.max(quietMs * 2, FIRST_WAIT_MS), LONGEST_WAIT_MS);
    await sleep(Math.max(quietMs, place.retryMs), undefined, { signal }).catch(() => {});
  }
}
