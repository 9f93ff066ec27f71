/** A server that speaks only the stateless revision. Run as a program it speaks over stdio. */
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

function statelessServer(): McpServer {
  const server = new McpServer({ name: 'stateless', version: '7' }, { capabilities: { tools: { listChanged: true } } });
  const inputSchema = z.object({ id: z.string() });
  server.registerTool('get_item', { description: 'Gets an item.', inputSchema }, async () => ({ content: [] }));
  server.registerTool('delete_item', { description: 'Deletes it.', inputSchema }, async () => ({ content: [] }));
  return server;
}

export const statelessHandler = () => createMcpHandler(statelessServer, { legacy: 'reject' });

if (process.argv[2] === 'stdio') serveStdio(statelessServer, { legacy: 'reject' });
