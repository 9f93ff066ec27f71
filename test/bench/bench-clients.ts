/** What makes calls: as little as can be, so that what is measured is what it calls. */
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

export interface BenchClient {
  /** Makes one call of the tool `echo`. Rejects where it was not made. */
  echo(): Promise<void>;
  close(): Promise<void>;
}

const CALL = { name: 'echo', arguments: { message: 'hello' } };
const MADE = 'Echo: hello';
const NOT_MADE = 'A call that the policy allows was not made: ';

/** Starts what it talks to; `pid` is that of the process. */
export async function stdioClient(args: readonly string[]): Promise<BenchClient & { readonly pid: number }> {
  const client = new Client({ name: 'bench', version: '1' });
  const transport = new StdioClientTransport({ command: process.execPath, args: [...args], stderr: 'ignore' });
  await client.connect(transport);
  return {
    pid: transport.pid ?? 0,
    async echo() {
      const { isError, content } = await client.callTool(CALL);
      if (isError) throw new Error(NOT_MADE + JSON.stringify(content));
    },
    close: () => client.close(),
  };
}

/** By hand: the transport of the SDK gathers listeners with each request, and takes longer than what is measured. */
export async function httpClient(url: string): Promise<BenchClient> {
  const agent = new Agent({ keepAlive: true });
  let session: string | undefined;
  let last = 0;
  const post = async (message: object): Promise<{ readonly answer: IncomingMessage; readonly text: string }> => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    const asked = request(url, {
      method: 'POST',
      agent,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'content-length': Buffer.byteLength(body),
        ...(session !== undefined && { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' }),
      },
    });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    let text = '';
    answer.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    await once(answer, 'end');
    return { answer, text };
  };
  const ask = (method: string, params: object) => {
    last += 1;
    return post({ id: last, method, params });
  };
  const clientInfo = { name: 'bench', version: '1' };
  const hello = await ask('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
  session = String(hello.answer.headers['mcp-session-id']);
  await post({ method: 'notifications/initialized' });
  return {
    async echo() {
      const { text } = await ask('tools/call', CALL);
      if (!text.includes(MADE)) throw new Error(NOT_MADE + text);
    },
    close: async () => agent.destroy(),
  };
}
