/** A server of the stateless revision that uses all of it. Run as a program it speaks over stdio. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  acceptedContent,
  createMcpHandler,
  inputRequired,
  inputResponse,
  McpServer,
  ResourceTemplate,
  type ServerNotifier,
} from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

const says = (text: string) => ({ content: [{ type: 'text' as const, text }] });
const nothing = z.object({});
const URI = 'note://one';

/** `changed` is told when a tool changed the note. */
function statelessEverything(changed: (server: McpServer, uri: string) => void): McpServer {
  const server = new McpServer(
    { name: 'stateless-everything', version: '7' },
    {
      instructions: 'Use it well.',
      capabilities: { tools: {}, prompts: {}, resources: { subscribe: true }, logging: {}, completions: {} },
    },
  );
  server.registerTool('echo', { inputSchema: z.object({ text: z.string() }) }, ({ text }) => says(text));
  server.registerTool('fail', { inputSchema: nothing }, () => ({ ...says('It failed.'), isError: true }));
  server.registerTool('throw', { inputSchema: nothing }, () => {
    throw new Error('It threw.');
  });
  const outputSchema = z.object({ degrees: z.number() });
  server.registerTool('structured', { inputSchema: nothing, outputSchema }, () => ({
    ...says('21'),
    structuredContent: { degrees: 21 },
  }));
  server.registerTool('progress', { inputSchema: nothing }, async (_, { mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken ?? 0;
    for (const progress of [1, 2, 3])
      await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 3 } });
    // A client drops progress that it reads together with the answer.
    await sleep(100);
    return says('done');
  });
  server.registerTool('log', { inputSchema: nothing }, async (_, { mcpReq }) => {
    await mcpReq.log('warning', 'Logged.');
    return says('logged');
  });
  server.registerTool('elicit', { inputSchema: nothing }, (_, { mcpReq }) => {
    const schema = z.object({ sure: z.boolean() });
    const answer = acceptedContent(mcpReq.inputResponses, 'sure', schema);
    if (answer !== undefined) return says(`sure: ${answer.sure}, state: ${mcpReq.requestState()}`);
    const sure = inputRequired.elicit({ message: 'Sure?', requestedSchema: schema });
    return inputRequired({ inputRequests: { sure }, requestState: 'first' });
  });
  server.registerTool('sample', { inputSchema: nothing }, (_, { mcpReq }) => {
    const sampled = inputResponse(mcpReq.inputResponses, 'text');
    if (sampled.kind !== 'missing') return says(JSON.stringify(sampled));
    const messages = [{ role: 'user' as const, content: { type: 'text' as const, text: 'p' } }];
    return inputRequired({ inputRequests: { text: inputRequired.createMessage({ messages, maxTokens: 5 }) } });
  });
  server.registerTool('roots', { inputSchema: nothing }, (_, { mcpReq }) => {
    const roots = inputResponse(mcpReq.inputResponses, 'roots');
    if (roots.kind !== 'missing') return says(JSON.stringify(roots));
    return inputRequired({ inputRequests: { roots: inputRequired.listRoots() } });
  });
  server.registerTool('change', { inputSchema: nothing }, () => {
    changed(server, URI);
    return says('changed');
  });
  server.registerResource('note', URI, { mimeType: 'text/plain' }, () => ({ contents: [{ uri: URI, text: 'kept' }] }));
  const template = new ResourceTemplate('page://{number}', { list: undefined });
  server.registerResource('page', template, {}, ({ href }) => ({ contents: [{ uri: href, text: `At ${href}` }] }));
  server.registerPrompt('simple', {}, () => ({
    messages: [{ role: 'user', content: { type: 'text', text: 'Simply.' } }],
  }));
  server.registerPrompt('asking', { argsSchema: z.object({ city: z.string() }) }, ({ city }) => ({
    messages: [{ role: 'user', content: { type: 'text', text: `In ${city}.` } }],
  }));
  return server;
}

export function statelessEverythingHandler() {
  let notify: ServerNotifier | null = null;
  const handler = createMcpHandler(() => statelessEverything((_, uri) => notify?.resourceUpdated(uri)), {
    legacy: 'reject',
  });
  notify = handler.notify;
  return handler;
}

if (process.argv[2] === 'stdio')
  serveStdio(() => statelessEverything((server, uri) => void server.server.sendResourceUpdated({ uri })), {
    legacy: 'reject',
  });
