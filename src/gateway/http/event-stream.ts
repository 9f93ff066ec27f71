import type { ServerResponse } from 'node:http';
import { eventText, type StreamEvent } from './event-reader.ts';
import type { ListenerLimits } from './listener-limits.ts';
import { cutIfStalled, taken } from './slow-readers.ts';

export interface EventStream {
  /** Resolves when the client has taken it; false where the client is gone. */
  send(event: StreamEvent): Promise<boolean>;
  end(): void;
  isOpen(): boolean;
  /** Called once, when the client is gone or the stream has ended. */
  onClose(listener: () => void): void;
}

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

type StreamLimits = Pick<ListenerLimits, 'keepAliveMs' | 'stallTimeoutMs'>;

/** What may wait for a client that reads too slowly, besides the one event that is written. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;

/**
 * Answers with a stream of events. A client that does not read is not written to without end: `send` waits for it, and
 * one that takes nothing for too long, or that too much waits for, is cut off.
 */
export function openEventStream(
  response: ServerResponse,
  { keepAliveMs, stallTimeoutMs }: StreamLimits,
  headers: Readonly<Record<string, string>> = {},
): EventStream {
  const writeTogether = gatheringWrites(response);
  writeTogether();
  response.writeHead(200, { ...HEADERS, ...headers });
  response.flushHeaders();
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  const keepAlive = setInterval(() => {
    // Not behind what is still waiting: a client that reads nothing needs no sign of life.
    if (response.writableLength === 0) response.write(': keep-alive\n\n');
  }, keepAliveMs);
  keepAlive.unref();
  void closed.then(() => clearInterval(keepAlive));
  const isOpen = (): boolean => !response.writableEnded && !response.destroyed;
  let taking: Promise<boolean> | null = null;
  return {
    isOpen,
    async send(event) {
      if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
      if (!isOpen()) return false;
      writeTogether();
      if (response.write(eventText(event))) return true;
      taking ??= taken(response, stallTimeoutMs).finally(() => {
        taking = null;
      });
      return (await taking) && isOpen();
    },
    end() {
      if (!isOpen()) return;
      response.end();
      cutIfStalled(response, stallTimeoutMs);
    },
    onClose: (listener) => void closed.then(listener),
  };
}

/**
 * Returns what makes all that is written until the event loop comes round go out as one. Most streams hold one event,
 * which comes with their head and their end: three writes, each of which would wake the client.
 */
function gatheringWrites(response: ServerResponse): () => void {
  let isGathering = false;
  return () => {
    const { socket } = response;
    if (isGathering || socket === null) return;
    isGathering = true;
    // Not the response itself: some releases of Node then frame what was gathered as an empty chunk.
    socket.cork();
    setImmediate(() => {
      isGathering = false;
      socket.uncork();
    });
  };
}
