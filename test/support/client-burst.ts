/**
 * So many clients of the SDK at once: each connects, lists the tools and makes one call. Prints what came of the calls.
 *
 *   node client-burst.js URL COUNT TOOL [2026]
 */
import { Client as StatelessClient, StreamableHTTPClientTransport as Transport } from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [url = '', count = '', name = '', revision] = process.argv.slice(2);
const identity = { name: 'burst', version: '1' };

async function connected(): Promise<Pick<Client, 'listTools' | 'callTool' | 'close'>> {
  if (revision === undefined) {
    const client = new Client(identity);
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    return client;
  }
  const client = new StatelessClient(identity, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await client.connect(new Transport(new URL(url)));
  return client as unknown as Client;
}

async function outcome(): Promise<string> {
  try {
    const client = await connected();
    await client.listTools();
    const { content } = await client.callTool({ name, arguments: { text: 'done' } });
    await client.close();
    const [first] = content as { text: string }[];
    return first?.text ?? '';
  } catch (error) {
    const cause = error instanceof Error ? (error.cause as { code?: string } | undefined)?.code : undefined;
    return `failed: ${error} ${cause ?? ''}`;
  }
}

process.stdout.write(JSON.stringify(await Promise.all(Array.from({ length: Number(count) }, outcome))));
process.exit();
