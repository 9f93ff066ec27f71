import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CallbackServer {
  /** Where the browser is sent back to. */
  readonly redirectUrl: string;
  /** What the answer has to repeat, so that nobody else can give one. */
  readonly state: string;
  /** The parameters of the first answer that repeats the state; others are turned away and change nothing. */
  readonly answer: Promise<URLSearchParams>;
  /** Takes the address that a browser elsewhere was sent back to; false where it is no such address. */
  take(address: string): boolean;
  close(): void;
}

const PATH = '/callback';

/** Waits on this machine alone, at a port of the system's choice unless one is given, for a browser to come back. */
export async function openCallbackServer(port = 0): Promise<CallbackServer> {
  const state = randomBytes(32).toString('base64url');
  let give = (_answer: URLSearchParams): void => {};
  const answer = new Promise<URLSearchParams>((resolve) => {
    give = resolve;
  });
  let host = '';
  const server = createServer((request, response) => {
    // A name that somebody points to this machine is not the address we gave out.
    if (request.headers.host !== host || !URL.canParse(request.url ?? '', `http://${host}`))
      return reply(response, 400, 'This address is not known here.');
    const { pathname, searchParams } = new URL(request.url ?? '', `http://${host}`);
    if (request.method !== 'GET' || pathname !== PATH) return reply(response, 404, 'There is nothing here.');
    if (searchParams.get('state') !== state)
      return reply(response, 400, 'This answer does not belong to the sign-in that policylayer waits for.');
    give(searchParams);
    return searchParams.has('code')
      ? reply(response, 200, 'policylayer has its answer. You can close this window and go back to the terminal.')
      : reply(response, 200, 'You were not signed in. The terminal says more; you can close this window.');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    redirectUrl: `http://${host}${PATH}`,
    state,
    answer,
    take(address) {
      const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
      if (url?.host !== host || url.pathname !== PATH || url.searchParams.get('state') !== state) return false;
      give(url.searchParams);
      return true;
    },
    close() {
      server.close();
      // The page on its way to the browser still arrives; a connection kept open for more must not keep us.
      server.closeIdleConnections();
    },
  };
}

function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(`${text}\n`);
}
