/** What a person who works with many servers has: seven that are programs, and three that run elsewhere already. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectServer } from '../../src/core/project/project.ts';
import { bin } from '../support/installed-server.ts';
import { startEverything, startServer } from './started-server.ts';

export interface TenServers {
  /** Holds a `policylayer.yaml` that names them. */
  readonly folder: string;
  readonly names: readonly string[];
  readonly stop: () => void;
}

const TOKEN = 'local';

export async function startTenServers(folder: string): Promise<TenServers> {
  mkdirSync(folder);
  const everything = await startEverything();
  const old = await startServer(bin('@modelcontextprotocol/server-everything'), () => ['sse']);
  const notion = await startServer(bin('@notionhq/notion-mcp-server'), (port) => [
    '--transport',
    'http',
    '--port',
    port,
    '--auth-token',
    TOKEN,
  ]);
  const servers: Readonly<Record<string, ProjectServer>> = {
    filesystem: program('@modelcontextprotocol/server-filesystem', [folder]),
    memory: program('@modelcontextprotocol/server-memory'),
    thinking: program('@modelcontextprotocol/server-sequential-thinking'),
    trello: program('@delorenj/mcp-server-trello', [], { TRELLO_API_KEY: 'none', TRELLO_TOKEN: 'none' }),
    airtable: program('airtable-mcp-server', [], { AIRTABLE_API_KEY: 'none' }),
    tavily: program('tavily-mcp', [], { TAVILY_API_KEY: 'none' }),
    components: program('@magicuidesign/mcp'),
    everything: { url: `${everything.address}/mcp` },
    old: { url: `${old.address}/sse` },
    notion: { url: `${notion.address}/mcp`, headers: { Authorization: `Bearer ${TOKEN}` } },
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'policylayer.yaml'), JSON.stringify({ version: '1', servers }));
  const stop = (): void => {
    for (const { child } of [everything, old, notion]) child.kill('SIGKILL');
  };
  return { folder, names: Object.keys(servers), stop };
}

function program(packageName: string, args: string[] = [], env: Record<string, string> = {}): ProjectServer {
  return { command: process.execPath, args: [bin(packageName), ...args], env };
}
