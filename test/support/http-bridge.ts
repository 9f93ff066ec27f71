/** A server over stdio behind streamable HTTP: each session gets a process of its own, and every message passes as it is. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

export interface Bridge {
  readonly url: string;
  close(): Promise<void>;
}

export async function openBridge(args: readonly string[]): Promise<Bridge> {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const processes: StdioClientTransport[] = [];
  const host = (): string => `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const newSession = async (): Promise<StreamableHTTPServerTransport> => {
    const http = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      enableDnsRebindingProtection: true,
      allowedHosts: [host()],
      onsessioninitialized: (id) => {
        sessions.set(id, http);
      },
    });
    const stdio = new StdioClientTransport({ command: process.execPath, args: [...args], stderr: 'ignore' });
    processes.push(stdio);
    // What a server asks while it works on a call belongs to the stream of that call.
    let lastCall: string | number | undefined;
    http.onmessage = (message) => {
      if ('method' in message && 'id' in message) lastCall = message.id;
      void stdio.send(message);
    };
    stdio.onmessage = (message) => {
      const relatedRequestId = 'method' in message ? lastCall : undefined;
      void http.send(message, relatedRequestId === undefined ? {} : { relatedRequestId }).catch(() => {});
    };
    await stdio.start();
    await http.start();
    return http;
  };
  const listener = createServer(async (request, response) => {
    const session = sessions.get(String(request.headers['mcp-session-id'])) ?? (await newSession());
    await session.handleRequest(request, response);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://${host()}/mcp`,
    async close() {
      listener.closeAllConnections();
      listener.close();
      await Promise.all(processes.map((each) => each.close()));
    },
  };
}
