/** A server over HTTP that speaks only the stateless revision, with tools of all kinds, made with the SDK. */
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

export interface Made {
  readonly name: string;
  isCancelled: boolean;
}

/** `made` is told of every call that reaches a tool. */
export function statelessTools(made: Made[]) {
  const build = (): McpServer => {
    const server = new McpServer(
      { name: 'stateless', version: '7' },
      { capabilities: { tools: {}, resources: {}, prompts: {} } },
    );
    const noted = (name: string): Made => {
      const one = { name, isCancelled: false };
      made.push(one);
      return one;
    };
    server.registerTool('echo', { inputSchema: z.object({ text: z.string() }) }, async ({ text }) => {
      noted('echo');
      return { content: [{ type: 'text', text }] };
    });
    server.registerTool(
      'in_region',
      {
        inputSchema: z.object({
          region: z.string().meta({ 'x-mcp-header': 'Region' }),
          count: z.int().meta({ 'x-mcp-header': 'Count' }),
        }),
      },
      async ({ region, count }) => {
        noted('in_region');
        return { content: [{ type: 'text', text: `${count} in ${region}` }] };
      },
    );
    server.registerTool('slow', { inputSchema: z.object({}) }, async (_, { mcpReq }) => {
      const one = noted('slow');
      await new Promise<void>((resolve) => {
        mcpReq.signal.addEventListener('abort', () => {
          one.isCancelled = true;
          resolve();
        });
      });
      return { content: [] };
    });
    server.registerTool('delete_all', { inputSchema: z.object({}) }, async () => {
      noted('delete_all');
      return { content: [] };
    });
    server.registerResource('notes', 'notes://one', {}, async () => ({
      contents: [{ uri: 'notes://one', text: 'kept' }],
    }));
    return server;
  };
  return createMcpHandler(build, { legacy: 'reject' });
}
