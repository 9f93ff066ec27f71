import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { innermostMessage } from '../../innermost-message.ts';
import { redisAddressNotUnderstood, redisNotInstalled, redisRefused, redisUnreachable } from './redis-errors.ts';

/** What scripts answer: whole numbers, texts, and lists of them. */
export type Answer = number | string | null | readonly Answer[];

export interface RedisLink {
  run(script: string, keys: readonly string[], values: readonly (string | number)[]): Promise<Answer>;
  command(...words: readonly string[]): Promise<Answer>;
  close(): Promise<void>;
}

/** How long one answer may take before the caller denies. */
const PATIENCE_MS = 3000;
const MAX_PAUSE_MS = 1000;

/** Connects, and connects again for as long as it is open. What is asked meanwhile is refused at once, never queued. */
export async function openRedisLink(address: string): Promise<RedisLink> {
  const where = printableAddress(address);
  const { createClient } = await import('redis').catch(() => {
    throw redisNotInstalled();
  });
  const client = createClient({
    url: address,
    RESP: 2,
    disableOfflineQueue: true,
    // A connection that the network dropped without a word is noticed by this.
    pingInterval: PATIENCE_MS,
    socket: {
      connectTimeout: PATIENCE_MS,
      reconnectStrategy: (retries: number) => Math.min(20 * 2 ** retries, MAX_PAUSE_MS) * (0.5 + Math.random() / 2),
    },
  });
  let lastError: unknown = null;
  // Each failed attempt to connect comes here; without a listener it would end the process.
  client.on('error', (error: unknown) => {
    lastError = error;
  });
  const inTime = async <T>(work: Promise<T>): Promise<T> => {
    const over = new AbortController();
    try {
      const timeout = sleep(PATIENCE_MS, undefined, { signal: over.signal }).then(() => {
        throw redisUnreachable(where, lastError === null ? NO_ANSWER : innermostMessage(lastError));
      });
      return await Promise.race([work, timeout]);
    } catch (error) {
      throw redisFailure(error, where);
    } finally {
      over.abort();
    }
  };
  try {
    await inTime(client.connect());
  } catch (error) {
    client.destroy();
    throw error;
  }
  return {
    run: (script, keys, values) => {
      const options = { keys: [...keys], arguments: values.map(String) };
      const run = client.evalSha(digestOf(script), options).catch((error: unknown) => {
        if (!String(error).includes('NOSCRIPT')) throw error;
        return client.eval(script, options);
      });
      return inTime(run as Promise<Answer>);
    },
    command: (...words) => inTime(client.sendCommand([...words]) as Promise<Answer>),
    close: async () => {
      if (client.isReady) await client.close();
      else if (client.isOpen) client.destroy();
    },
  };
}

const NO_ANSWER = `No answer came within ${PATIENCE_MS} ms.`;

const digests = new Map<string, string>();

function digestOf(script: string): string {
  const known = digests.get(script) ?? createHash('sha1').update(script).digest('hex');
  digests.set(script, known);
  return known;
}

/** The address without the user and the password in it. */
export function printableAddress(address: string): string {
  try {
    const { protocol, host, pathname } = new URL(address);
    return `${protocol}//${host}${pathname}`;
  } catch {
    throw redisAddressNotUnderstood();
  }
}

const NOT_THERE = /^(?:LOADING|CLUSTERDOWN|MASTERDOWN|BUSY|TRYAGAIN)\b/;

function redisFailure(error: unknown, where: string): unknown {
  if (!(error instanceof Error) || error.name === 'UserError') return error;
  const isReply = /^(?:ErrorReply|SimpleError|BlobError)$/.test(error.constructor.name);
  if (isReply && !NOT_THERE.test(error.message)) return redisRefused(where, error.message);
  return redisUnreachable(where, innermostMessage(error) || error.constructor.name);
}
