/** Clients as an agent has them: those of the SDK. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** Starts what it talks to; `pid` is that of the process. */
export async function stdioClient(args: readonly string[]): Promise<{ readonly client: Client; readonly pid: number }> {
  const client = new Client({ name: 'bench', version: '1' });
  const transport = new StdioClientTransport({ command: process.execPath, args: [...args], stderr: 'ignore' });
  await client.connect(transport);
  return { client, pid: transport.pid ?? 0 };
}

export async function httpClient(url: string): Promise<Client> {
  const client = new Client({ name: 'bench', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { fetch: withoutSignal }));
  return client;
}

/** One signal for 100,000 requests, as the transport has it, gathers listeners, and is slower with each. */
function withoutSignal(url: string | URL, { signal: _left, ...init }: RequestInit = {}): Promise<Response> {
  return fetch(url, init);
}
