/** A client over HTTP by hand, which sees every stream, event and header. */
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { JSON_HEADERS } from './listener-run.ts';

export interface StreamEvent {
  readonly id: string | null;
  readonly message: Message | null;
}

export interface Message {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** One exchange: its status, and what comes, be it as JSON or as events. */
export interface Exchange {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** The next message that comes; null where it is over. */
  next(): Promise<Message | null>;
  /** All that comes until it is over. */
  rest(): Promise<Message[]>;
  /** The id of the first event that came. */
  firstEventId(): string | undefined;
  /** The id of the last event that came. */
  lastEventId(): string | undefined;
  hangUp(): void;
}

export function exchange(
  url: string,
  { method = 'POST', body, headers = {} }: { method?: string; body?: unknown; headers?: object } = {},
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, agent: false, headers: { ...JSON_HEADERS, ...headers } }, (response) =>
      resolve(reading(asked, response)),
    );
    asked.on('error', reject);
    asked.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
  });
}

function reading(asked: ClientRequest, response: IncomingMessage): Exchange {
  const events: StreamEvent[] = [];
  let firstId: string | undefined;
  let lastId: string | undefined;
  let isOver = false;
  let wake = (): void => {};
  let text = '';
  const isStream = response.headers['content-type'] === 'text/event-stream';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (!isStream) return;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const id = /^id: (.*)$/m.exec(block)?.[1] ?? null;
      const data = /^data: (.+)$/m.exec(block)?.[1];
      if (id !== null) {
        firstId ??= id;
        lastId = id;
      }
      if (data !== undefined) events.push({ id, message: JSON.parse(data) });
    }
    wake();
  });
  const finish = (): void => {
    if (isOver) return;
    isOver = true;
    if (!isStream && text !== '') for (const message of [JSON.parse(text)].flat()) events.push({ id: null, message });
    wake();
  };
  response.on('end', finish).on('error', finish).on('close', finish);
  const next = async (): Promise<Message | null> => {
    while (events.length === 0 && !isOver)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return events.shift()?.message ?? null;
  };
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    next,
    async rest() {
      const all: Message[] = [];
      for (let message = await next(); message !== null; message = await next()) all.push(message);
      return all;
    },
    firstEventId: () => firstId,
    lastEventId: () => lastId,
    hangUp: () => asked.destroy(),
  };
}

export interface HttpSession {
  readonly headers: Readonly<Record<string, string>>;
  post(body: unknown): Promise<Exchange>;
  /** Posts a request and reads the one answer. */
  ask(id: number | string, method: string, params?: object): Promise<Message>;
  listen(lastEventId?: string): Promise<Exchange>;
  remove(): Promise<Exchange>;
}

/** Opens a session of the era that has them. */
export async function openSession(
  url: string,
  {
    headers = {},
    capabilities = {},
    revision = '2025-11-25',
  }: { headers?: object; capabilities?: object; revision?: string } = {},
): Promise<HttpSession> {
  const params = { protocolVersion: revision, capabilities, clientInfo: { name: 'by-hand', version: '1' } };
  const hello = await exchange(url, { headers, body: { jsonrpc: '2.0', id: 'hello', method: 'initialize', params } });
  const [answer] = await hello.rest();
  const id = hello.headers['mcp-session-id'];
  if (typeof id !== 'string') throw new Error(`${hello.status}: ${JSON.stringify(answer)}`);
  const all = { ...headers, 'mcp-session-id': id };
  const post = (body: unknown): Promise<Exchange> => exchange(url, { headers: all, body });
  await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
  return {
    headers: all,
    post,
    async ask(requestId, method, asked = {}) {
      const answered = await post({ jsonrpc: '2.0', id: requestId, method, params: asked });
      const messages = await answered.rest();
      const found = messages.find((message) => message.id === requestId && message.method === undefined);
      if (found === undefined) throw new Error(`${answered.status}: ${JSON.stringify(messages)}`);
      return found;
    },
    listen: (lastEventId) =>
      exchange(url, {
        method: 'GET',
        headers: { ...all, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
      }),
    remove: () => exchange(url, { method: 'DELETE', headers: all }),
  };
}
