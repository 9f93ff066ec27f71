import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { HttpSpec } from '../../core/server/server-spec.ts';
import { headerInvalid } from '../../io/http/http-errors.ts';
import { invalidHeader } from '../../io/http/http-request.ts';
import type { Grace } from '../../io/stdio/process-group.ts';
import type { ServedServer } from '../../io/stdio/served-server.ts';
import type { Exit } from '../../io/stdio/server-process.ts';
import { openUpstream } from '../../io/upstream.ts';
import type { Log } from '../event.ts';
import { idKey, isRequestId, paramsOf } from '../message/json-rpc.ts';
import { type Exchange, exchangeOf, isOnly } from './exchange.ts';
import { explainRemote, oneLine } from './explain-remote.ts';
import { passOn } from './pass-on.ts';
import { answerAll, type Lost, loseAll, type Remote } from './remote.ts';
import { brokeOff, tooManyOpen } from './remote-errors.ts';
import { newSession, sessionHeaders } from './remote-session.ts';
import { createToolSchemas } from './tool-schemas.ts';

/** So many requests wait for their answers at most. */
const MAX_OPEN = 1000;

interface RemoteOptions {
  /** What the log calls it. */
  readonly name: string;
  /** Where sign-ins are kept. */
  readonly userFolder: string;
  readonly log: Log;
}

/**
 * A server elsewhere, as if it ran here: it is spoken to by lines. Nothing is asked of it before the client asks. Throws
 * UserError where it cannot be asked anything.
 */
export function openRemoteServer(spec: HttpSpec, { name, userFolder, log }: RemoteOptions): ServedServer {
  const invalid = invalidHeader(spec.headers);
  if (invalid !== null) throw headerInvalid(spec.name, invalid);
  const upstream = openUpstream(spec, { userFolder });
  const stdout = new PassThrough();
  const remote: Remote = {
    ...{ spec, upstream, inFlight: new Map(), session: newSession(), schemas: createToolSchemas() },
    async write(line) {
      if (stdout.writable && !stdout.write(`${line}\n`))
        await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]).catch(() => {});
    },
    tell: (problem) =>
      log({ event: 'server-failed', level: 'error', server: name, message: upstream.mask(oneLine(problem)) }),
  };
  const open = new Set<Exchange>();
  let lastRevision: string | null = null;
  let isEnding = false;

  const start = (exchange: Exchange, lost: Lost): void => {
    open.add(exchange);
    for (const key of exchange.asked.keys()) remote.inFlight.set(key, exchange);
    void passOn(remote, exchange, lost)
      .catch((error) => answerAll(remote, exchange, brokeOff(spec.name, explainRemote(spec, error, null).because)))
      .finally(() => {
        for (const key of exchange.asked.keys()) remote.inFlight.delete(key);
        exchange.settle();
        open.delete(exchange);
      });
  };

  const isCut = new AbortController();
  const isOver = new AbortController();
  let leave = (_exit: Exit): void => {};
  const exit = new Promise<Exit>((resolve) => {
    leave = resolve;
  });
  const finish = async (grace: Grace, how: Exit): Promise<void> => {
    isEnding = true;
    // One that listens waits for nothing in particular.
    const waited = [...open].filter((exchange) => !isOnly(exchange, 'subscriptions/listen'));
    await Promise.race([Promise.all(waited.map(({ settled }) => settled)), untilAborted(isCut.signal)]);
    for (const { ending } of open) ending.abort();
    remote.session.stream?.abort();
    setTimeout(() => isOver.abort(), grace.whenAskedMs).unref();
    await sayGoodbye(remote, isOver.signal);
    upstream.close();
    stdout.end();
    leave(how);
  };
  let ending: Promise<void> | null = null;
  const end = (grace: Grace, how: Exit): Promise<void> => {
    // Whoever is in more of a hurry than the first to ask gets it sooner.
    setTimeout(() => isCut.abort(), grace.byItselfMs).unref();
    setTimeout(() => isOver.abort(), grace.byItselfMs + grace.whenAskedMs).unref();
    ending ??= finish(grace, how);
    return ending;
  };

  return {
    stdout,
    exit,
    async write(bytes, lost) {
      if (isEnding) return lost();
      const exchange = exchangeOf(bytes, { revision: remote.session.hello === null ? lastRevision : null });
      lastRevision = exchange.revision ?? lastRevision;
      if (isOnly(exchange, 'notifications/cancelled') && cancelled(remote, exchange)) return;
      if (remote.inFlight.size >= MAX_OPEN) return loseAll(remote, exchange, lost, tooManyOpen(spec.name, MAX_OPEN));
      start(exchange, lost);
    },
    endBy: (signal, grace) => end(grace, { code: null, signal }),
    end: (grace) => end(grace, { code: 0, signal: null }),
  };
}

/** A server that goes on with what nobody waits for does not hold a connection for ever. */
const GIVEN_UP_MS = 30_000;

/** Closing its stream is how the stateless era cancels a request; false where a session is to be told of it. */
function cancelled({ inFlight }: Remote, { messages }: Exchange): boolean {
  const { requestId } = paramsOf(messages[0] ?? {});
  const key = isRequestId(requestId) ? idKey(requestId) : null;
  const exchange = key === null ? undefined : inFlight.get(key);
  if (key === null || exchange === undefined) return false;
  if (exchange.revision === null) {
    if (exchange.messages.length === 1) setTimeout(() => exchange.ending.abort(), GIVEN_UP_MS).unref();
    return false;
  }
  inFlight.delete(key);
  exchange.asked.delete(key);
  exchange.ending.abort();
  return true;
}

/** A courtesy to the server, which may keep a session for long. */
async function sayGoodbye({ session, upstream }: Remote, signal: AbortSignal): Promise<void> {
  if (session.id === null || session.state !== 'live') return;
  const headers = sessionHeaders(session);
  const answer = await upstream.ask({ method: 'DELETE', headers, isRepeatable: true, signal }).catch(() => null);
  answer?.body.resume();
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
