/** The least a program can do to list a server's tools: the SDK's own client and transport, nothing else. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const [command = '', ...args] = process.argv.slice(2);
const client = new Client({ name: 'bare', version: '1' });
await client.connect(new StdioClientTransport({ command, args, stderr: 'ignore' }));
const { tools } = await client.listTools();
process.stdout.write(`${tools.length}\n`);
await client.close();
