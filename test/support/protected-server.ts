/** An MCP server that wants to know who asks, and its authorisation server: both real, with the pages of a person who agrees at once. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { InvalidGrantError, InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import type { OAuthServerProvider } from '@modelcontextprotocol/sdk/server/auth/provider.js';
import { createOAuthMetadata, mcpAuthRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import type { OAuthClientInformationFull } from '@modelcontextprotocol/sdk/shared/auth.js';
import { startHttpServer } from './http-server.ts';
import { answerJson, answerMessage, type McpMessage } from './mcp-answers.ts';
import { statelessHandler } from './stateless-server.ts';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly authorization: string | undefined;
}

export interface ProtectedServer {
  /** The MCP endpoint. */
  readonly url: string;
  readonly issuer: string;
  /** Every request, in order. */
  readonly seen: Seen[];
  /** How often a person was shown the page. */
  pages: number;
  /** How often tokens were renewed. */
  renewals: number;
  /** Answers every question with 503. */
  isDown: boolean;
  /** What a token has to be good for. */
  readonly scopes: string[];
  /** Clients known there. */
  readonly clients: Map<string, OAuthClientInformationFull>;
  /** Ends every access token. */
  endTokens(): void;
  /** Ends every refresh token. */
  endSignIns(): void;
}

interface Options {
  /** What the page sends the browser back with. */
  readonly page?: 'code' | 'denied' | 'other state first' | 'other issuer' | 'no issuer' | 'nothing';
  readonly revision?: 'initialized' | 'stateless';
  /** Seconds that an access token lives. */
  readonly tokenSeconds?: number;
  /** What the authorisation server says about itself besides. */
  readonly metadata?: object;
  /** What the MCP endpoint does with a request that may pass. */
  readonly mcp?: RequestListener;
  readonly registration?: boolean;
}

interface Grant {
  readonly clientId: string;
  readonly challenge: string;
  readonly scopes: string[];
  readonly resource: string | undefined;
}

const TOOLS = [{ name: 'list_orders', description: 'Lists orders.', inputSchema: { type: 'object' } }];

export async function startProtectedServer(options: Options = {}): Promise<ProtectedServer> {
  const { page = 'code', revision = 'initialized', tokenSeconds = 3600, registration = true } = options;
  const codes = new Map<string, Grant>();
  const access = new Map<string, Grant & { readonly until: number }>();
  const refresh = new Map<string, Grant>();
  const app = createMcpExpressApp();
  const issuer = await startHttpServer(app as unknown as RequestListener);
  const url = `${issuer}/mcp`;
  const server: ProtectedServer = {
    url,
    issuer,
    seen: [],
    pages: 0,
    renewals: 0,
    isDown: false,
    scopes: [],
    clients: new Map(),
    endTokens: () => access.clear(),
    endSignIns: () => refresh.clear(),
  };

  const give = (grant: Grant) => {
    const tokens = { access_token: `access-${randomUUID()}`, refresh_token: `refresh-${randomUUID()}` };
    access.set(tokens.access_token, { ...grant, until: Math.floor(Date.now() / 1000) + Math.max(tokenSeconds, 60) });
    refresh.set(tokens.refresh_token, grant);
    return { ...tokens, token_type: 'bearer', expires_in: tokenSeconds };
  };

  const provider: OAuthServerProvider = {
    clientsStore: {
      getClient: (id) => server.clients.get(id),
      ...(registration && {
        registerClient(client) {
          const full = { ...client, client_id: `client-${randomUUID()}`, client_id_issued_at: 0 };
          server.clients.set(full.client_id, full);
          return full;
        },
      }),
    },
    async authorize(client, { state = '', scopes = [], codeChallenge, redirectUri, resource }, response) {
      server.pages += 1;
      const back = async (parameters: Record<string, string>) => `${redirectUri}?${new URLSearchParams(parameters)}`;
      if (page === 'nothing') return void response.send('Nobody presses the button on this page.');
      if (page === 'denied')
        return void response.redirect(
          await back({ error: 'access_denied', error_description: 'Not you.', state, iss: issuer }),
        );
      const code = `code-${randomUUID()}`;
      codes.set(code, { clientId: client.client_id, challenge: codeChallenge, scopes, resource: resource?.href });
      if (page === 'other state first') {
        const turnedAway = await fetch(await back({ code: 'stolen', state: 'made-up' }));
        if (turnedAway.status !== 400) return void response.send('It took an answer that nobody asked for.');
      }
      const iss = page === 'other issuer' ? 'https://someone-else.example' : issuer;
      response.redirect(await back({ code, state, ...(page !== 'no issuer' && { iss }) }));
    },
    async challengeForAuthorizationCode(_client, code) {
      const grant = codes.get(code);
      if (grant === undefined) throw new InvalidGrantError('No such code');
      return grant.challenge;
    },
    async exchangeAuthorizationCode(client, code, _verifier, _redirectUri, resource) {
      const grant = codes.get(code);
      codes.delete(code);
      if (grant?.clientId !== client.client_id || grant.resource !== resource?.href)
        throw new InvalidGrantError('Not for you');
      return give(grant);
    },
    async exchangeRefreshToken(client, token, _scopes, resource) {
      const grant = refresh.get(token);
      // Good for one use: who comes with it again has stolen it, and nothing of this sign-in stays valid.
      if (!refresh.delete(token)) refresh.clear();
      if (grant?.clientId !== client.client_id || grant.resource !== resource?.href)
        throw new InvalidGrantError('That refresh token is over');
      server.renewals += 1;
      return give(grant);
    },
    async verifyAccessToken(token) {
      const grant = access.get(token);
      if (grant?.resource !== url) throw new InvalidTokenError('No such token here');
      return { token, clientId: grant.clientId, scopes: grant.scopes, expiresAt: grant.until, resource: new URL(url) };
    },
  };

  const stateless = toNodeHandler(statelessHandler()) as (...parts: unknown[]) => unknown;
  const metadataPath = '/.well-known/oauth-protected-resource/mcp';
  app.use((request: IncomingMessage & { path: string }, response: ServerResponse, next: () => void) => {
    const { method = '', path, headers, url: asked = '' } = request;
    server.seen.push({ method, path, query: asked.slice(path.length), authorization: headers.authorization });
    if (server.isDown) response.writeHead(503).end();
    else next();
  });
  const metadata = { ...createOAuthMetadata({ provider, issuerUrl: new URL(issuer) }), ...options.metadata };
  app.get('/.well-known/oauth-authorization-server', (_request: unknown, response: ServerResponse) =>
    answerJson(response, metadata),
  );
  app.use(mcpAuthRouter({ provider, issuerUrl: new URL(issuer), resourceServerUrl: new URL(url) }));
  app.all(
    '/mcp',
    (...parts: Parameters<RequestListener>) =>
      requireBearerAuth({
        verifier: provider,
        requiredScopes: server.scopes,
        resourceMetadataUrl: `${issuer}${metadataPath}`,
        expectedResource: new URL(url),
      })(...parts),
    (request: IncomingMessage & { body: McpMessage }, response: ServerResponse) => {
      if (options.mcp !== undefined) return options.mcp(request, response);
      if (revision === 'stateless') return stateless(request, response, request.body);
      if (request.method !== 'POST') return response.writeHead(405).end();
      return answerMessage(request.body, response, TOOLS);
    },
  );
  return server;
}
