import type { Upstream, UpstreamAnswer } from '../../io/upstream.ts';
import { UpstreamFailure } from '../../io/upstream.ts';
import type { ClientText } from '../message/client-text.ts';
import { errorAnswer, type JsonRpc } from '../message/json-rpc.ts';
import { serverText } from '../message/server-text.ts';
import { type Passage, passText } from '../pass-text.ts';
import type { Session } from '../session.ts';
import { REFUSED, type Refusal } from './answer.ts';
import { isRepeatable, requestIds, unanswered, withdrawWaitingOf } from './body-requests.ts';
import type { EndpointOptions, Exchange } from './endpoint.ts';
import { BrokenStream, EventReader, type StreamEvent } from './event-reader.ts';
import { isAboutTheRequest, isEventStream, messagesIn, readAnswer, refusalOf } from './relay-answer.ts';
import { relayedHeaders } from './relayed-headers.ts';
import type { Reply } from './reply.ts';

/** What one request of a client is relayed with. */
export interface Relay extends EndpointOptions {
  readonly upstream: Upstream;
  readonly exchange: Exchange;
  readonly session: Session;
  /** What the server calls the session; null where it has none. */
  readonly upstreamSession: string | null;
  /** Told of the answer to what was forwarded, before any of it reaches the client; what it returns is said instead. */
  readonly onAnswer: (answer: UpstreamAnswer) => Refusal | null;
}

/** Decides on a body, forwards what may pass, and says to the client what comes of it. */
export async function relayBody(relay: Relay, body: ClientText, reply: Reply): Promise<void> {
  const { exchange, session } = relay;
  const ids = requestIds(body);
  const withdraw = (): void => withdrawWaitingOf(ids, session);
  exchange.signal.addEventListener('abort', withdraw);
  const deliver = async (passage: Passage): Promise<void> => {
    await reply.answerAll(passage.answers);
    // Whoever waits for a person waits long: the client has to see that somebody is there.
    if (passage.later.length > 0) reply.openStream();
    await Promise.all([
      passage.forward === null ? null : forward(relay, body, passage, reply),
      ...passage.later.map((later) => later.then(deliver)),
    ]);
  };
  const passage = await passText(body, exchange.enforcer, session, { asLine: false });
  if (exchange.signal.aborted) withdraw();
  await deliver(passage);
  exchange.signal.removeEventListener('abort', withdraw);
  reply.finish();
}

async function forward(relay: Relay, body: ClientText, { forward: text, unreached }: Passage, reply: Reply) {
  const { upstream, exchange, session, upstreamSession, name } = relay;
  const ids = unanswered(requestIds(body), session);
  const fail = async (refusal: Refusal): Promise<void> => {
    const left = unanswered(ids, session);
    noteFailure(relay, left, refusal);
    if (left.length > 0 || ids.length === 0) await reply.fail(refusal, left);
  };
  let answer: UpstreamAnswer;
  try {
    answer = await upstream.ask({
      method: 'POST',
      headers: relayedHeaders('POST', exchange.request.headers, { era: exchange.era, session: upstreamSession }),
      body: text ?? '',
      isRepeatable: isRepeatable(body),
      signal: exchange.signal,
    });
  } catch (error) {
    if (!(error instanceof UpstreamFailure)) throw error;
    if (!error.hasArrived) await reply.answerAll(await unreached('It could not be connected to.'));
    return fail({ status: 502, message: error.hasArrived ? noAnswer(name) : notReached(name) });
  }
  try {
    const refusal = relay.onAnswer(answer);
    if (refusal !== null) {
      answer.body.resume();
      return await reply.fail(refusal, ids);
    }
    if (answer.status >= 200 && answer.status < 300) {
      const isResumable = isEventStream(answer) ? await relayEvents(relay, answer, reply) : false;
      if (!isEventStream(answer)) await relayJson(relay, answer, reply);
      if (unanswered(ids, session).length > 0 && !isResumable) await fail({ status: 502, message: noAnswer(name) });
      return;
    }
    await relayError(relay, answer, { ids, reply, fail });
  } catch (error) {
    answer.body.destroy();
    if (exchange.signal.aborted) return;
    relay.log({ event: 'noise', level: 'warning', server: name, message: upstream.mask(String(error)) });
    await fail({ status: 502, message: noAnswer(name) });
  }
}

const noAnswer = (name: string): string =>
  `The server ${JSON.stringify(name)} gave no answer that could be passed on. Whether it acted on the request is not known.`;
const notReached = (name: string): string => `The server ${JSON.stringify(name)} could not be reached.`;

/** So that the record says how a call ended, and its id is free again. */
function noteFailure({ exchange, session }: Relay, ids: readonly (string | number)[], { message }: Refusal): void {
  for (const id of ids) exchange.enforcer.fromServer(errorAnswer(id, REFUSED, message), session);
}

async function relayJson(relay: Relay, answer: UpstreamAnswer, reply: Reply): Promise<void> {
  const text = await readAnswer(answer, relay.limits.maxBodyBytes);
  if (text === null) throw new BrokenStream('The answer is too large.');
  if (text.trim() !== '') await sayAll(relay, text, (passed) => reply.answer(passed));
}

/** A server's own error is passed on where it is about the request; the rest is our affair. */
async function relayError(
  relay: Relay,
  answer: UpstreamAnswer,
  { ids, reply, fail }: { ids: readonly (string | number)[]; reply: Reply; fail: (refusal: Refusal) => Promise<void> },
): Promise<void> {
  const { session, name } = relay;
  const text = await readAnswer(answer, relay.limits.maxBodyBytes);
  const read = text === null || !isAboutTheRequest(answer) ? null : messagesIn(text);
  const [error] = read?.messages ?? [];
  if (text === null || read === null || read.messages.length !== 1 || !hasError(error))
    return fail(refusalOf(answer, name));
  await sayAll(relay, text, (passed) => reply.answer(passed, answer.status));
  noteFailure(relay, unanswered(ids, session), refusalOf(answer, name));
}

const hasError = (message: unknown): message is JsonRpc =>
  typeof message === 'object' && message !== null && 'error' in message;

/** Returns whether the client could take it up again where it was cut off. */
async function relayEvents(relay: Relay, answer: UpstreamAnswer, reply: Reply): Promise<boolean> {
  let isResumable = false;
  if (reply.openStream() === null) answer.body.destroy();
  try {
    await eachEvent(relay, answer, async (event) => {
      if (event.id !== undefined) isResumable = true;
      return reply.event(event);
    });
  } catch (error) {
    if (!isResumable) throw error;
  }
  return isResumable && relay.exchange.era === 'stateful';
}

/** Hands on every event of a stream, as the client may see it, until `send` says that nobody reads. */
export async function eachEvent(
  relay: Saying & Pick<Relay, 'limits'>,
  { body }: UpstreamAnswer,
  send: (event: StreamEvent) => Promise<boolean>,
): Promise<void> {
  const reader = new EventReader(relay.limits.maxBodyBytes);
  for await (const chunk of body as AsyncIterable<Buffer>)
    for (const read of reader.read(chunk)) {
      const event = withoutCredentials(read, relay.upstream);
      const passed = event.data ? await passedEvent(relay, event, event.data) : event;
      if (passed !== null && !(await send(passed))) return void body.destroy();
    }
}

/** What surrounds the data is left out where it says what it should not: a client can do without. */
function withoutCredentials({ id, event, retry, data }: StreamEvent, { mask }: Upstream): StreamEvent {
  const kept = (name: string | undefined) => (name !== undefined && mask(name) === name ? name : undefined);
  return { id: kept(id), event: kept(event), retry: kept(retry), data };
}

async function passedEvent(relay: Saying, event: StreamEvent, data: string): Promise<StreamEvent | null> {
  const said: string[] = [];
  await sayAll(relay, data, async (text) => void said.push(text));
  const [first] = said;
  return first === undefined ? null : { ...event, data: said.length === 1 ? first : `[${said.join(',')}]` };
}

type Saying = Pick<Relay, 'exchange' | 'session' | 'upstream' | 'name' | 'log'>;

/** Hands on the messages in a text: as they came where nothing about them changes. What is no message is not passed on. */
async function sayAll(
  { exchange, session, upstream, name, log }: Saying,
  text: string,
  say: (text: string) => Promise<void>,
): Promise<void> {
  const masked = upstream.mask(text);
  const read = messagesIn(masked);
  if (read === null)
    return log({ event: 'noise', level: 'warning', server: name, message: `It sent no message: ${quoted(masked)}` });
  for (const message of read.messages) {
    const passed = exchange.enforcer.fromServer(message as JsonRpc, session);
    await say(passed === message && !read.isList ? masked : serverText(passed));
  }
}

const MAX_QUOTE_CHARS = 200;
const quoted = (text: string): string => JSON.stringify(text.slice(0, MAX_QUOTE_CHARS));
