import type { IncomingMessage } from 'node:http';
import { pause } from '../../io/ending.ts';
import type { Refusal } from '../../io/http/bounded-fetch.ts';
import { jsonRpcError } from '../../io/http/json-rpc-error.ts';
import { innermostMessage, sentence } from '../../io/innermost-message.ts';
import { type UpstreamAnswer, UpstreamFailure } from '../../io/upstream.ts';
import { BrokenStream } from '../http/event-reader.ts';
import { MAX_MESSAGE_BYTES } from '../server-lines.ts';
import { openAnswerStream } from './answer-stream.ts';
import { type Exchange, isOnly, isRepeatable } from './exchange.ts';
import { explainRemote } from './explain-remote.ts';
import { mediaType, readRefusal, readWhole } from './read-answer.ts';
import { refused } from './refused.ts';
import { deliver, giveUp, type Lost, loseAll, type Remote } from './remote.ts';
import { answerTooLarge, brokeOff, nothingAnswered } from './remote-errors.ts';
import { sessionIdIn } from './remote-session.ts';
import type { Headers } from './request-headers.ts';
import { askForStream, followServer, isPassing, isStream, passStream, startOfStream } from './server-stream.ts';

const MAX_RESUMES = 5;

/** Sends it, once, and passes on what the server answers. Whatever happens, every request gets an answer. */
export async function sendExchange(
  remote: Remote,
  exchange: Exchange,
  { headers, lost }: { readonly headers: Headers; readonly lost: Lost },
): Promise<void> {
  const { body, ending: signal } = exchange;
  try {
    const { postTo } = remote.session;
    const address = postTo !== null && exchange.revision === null ? { address: postTo } : {};
    const answer = await remote.upstream.ask({
      ...{ method: 'POST', ...address, headers, body, signal },
      isRepeatable: isRepeatable(exchange),
    });
    if (answer.status < 200 || answer.status > 299) {
      const refusal = await readRefusal(answer);
      if (postTo === null && isOfOlderServer(exchange, refusal) && (await openAnswerStream(remote)))
        return await sendExchange(remote, exchange, { headers, lost });
      return await refused(remote, exchange, { refusal, headers, retryAfter: answer.headers['retry-after'] });
    }
    if (postTo !== null) {
      await readRefusal(answer);
      return await answered(exchange);
    }
    if (isOnly(exchange, 'initialize')) remote.session.id = sessionIdIn(answer.headers['mcp-session-id']);
    await takeAnswer(remote, exchange, answer);
    if (isOnly(exchange, 'notifications/initialized')) openServerStream(remote);
  } catch (error) {
    if (!signal.aborted) await failed(remote, exchange, error, lost);
  }
}

/** The handshake alone is tried in another way: nothing that a server may have acted on. */
function isOfOlderServer(exchange: Exchange, { status, text }: Refusal): boolean {
  return isOnly(exchange, 'initialize') && [400, 404, 405].includes(status) && jsonRpcError(text) === null;
}

/** Where the answer comes on another stream. */
function answered({ asked, settled, ending: signal }: Exchange): Promise<void> {
  if (asked.size === 0 || signal.aborted) return Promise.resolve();
  return Promise.race([settled, new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))]);
}

async function takeAnswer(remote: Remote, exchange: Exchange, answer: UpstreamAnswer): Promise<void> {
  const type = mediaType(answer.headers);
  if (type === 'text/event-stream') return takeStream(remote, exchange, answer.body);
  if (type === 'application/json') {
    const text = await readWhole(answer.body, MAX_MESSAGE_BYTES);
    if (text.trim() !== '') await deliver(remote, text);
  } else await readRefusal(answer);
  if (exchange.asked.size === 0) return;
  const what = type === '' ? 'no answer in it' : `${type} that answers nothing`;
  await giveUp(remote, exchange, nothingAnswered(remote.spec.name, `HTTP status ${answer.status}, with ${what}.`));
}

/** Reads an answer that comes in events. Where it breaks off, the rest is asked for: the request is never made again. */
async function takeStream(remote: Remote, exchange: Exchange, first: IncomingMessage): Promise<void> {
  const { ending: signal } = exchange;
  const place = startOfStream();
  let body: IncomingMessage | null = first;
  let because = 'The stream of the answer ended without it.';
  for (let resumes = 0; resumes <= MAX_RESUMES; resumes++) {
    const { events } = place;
    try {
      if (body !== null) await passStream(remote, body, place);
    } catch (error) {
      if (signal.aborted || error instanceof BrokenStream) throw error;
      because = sentence(innermostMessage(error));
    }
    // One that goes on speaking may be taken up as often as it likes to break off.
    if (place.events > events) resumes = 0;
    if (exchange.asked.size === 0 || signal.aborted) return;
    if (place.lastEventId === undefined || exchange.revision !== null) break;
    await pause(place.retryMs, signal);
    if (signal.aborted) return;
    const rest: UpstreamAnswer | null = await askForStream(remote, place, signal).catch(() => null);
    if (rest !== null && !isStream(rest)) {
      await readRefusal(rest);
      because = `The rest of the answer was refused with HTTP status ${rest.status}.`;
      if (!isPassing(rest.status)) break;
    }
    body = rest !== null && isStream(rest) ? rest.body : null;
  }
  await giveUp(remote, exchange, brokeOff(remote.spec.name, because));
}

async function failed(remote: Remote, exchange: Exchange, error: unknown, lost: Lost): Promise<void> {
  const { name } = remote.spec;
  if (error instanceof BrokenStream) return giveUp(remote, exchange, answerTooLarge(name, MAX_MESSAGE_BYTES));
  const explained = explainRemote(remote.spec, error, null);
  if (!(error instanceof UpstreamFailure) || error.hasArrived)
    return giveUp(remote, exchange, brokeOff(name, explained.because));
  remote.tell(explained);
  await loseAll(remote, exchange, lost, explained);
}

function openServerStream(remote: Remote): void {
  const { session } = remote;
  session.stream?.abort();
  session.stream = new AbortController();
  void followServer(remote, session.stream.signal);
}
