import { type Document, isMap, type ToStringOptions, YAMLMap } from 'yaml';
import { unixLineEnds, withLineEndsOf } from '../../core/line-ends.ts';
import type { ProjectServer } from '../../core/project/project.ts';
import { parseProjectText } from './parse-project-text.ts';

const HEADER = ` The servers of this project. Secrets are not written here: \${env:NAME} is taken from the environment, or from
 the configuration of a client that holds the same server.`;

/** The parts of an entry that say how the server is reached; what else stands in one is kept where nothing new is given. */
const REACHING = ['command', 'args', 'env', 'cwd', 'url', 'headers'] as const;

/**
 * The text of a project file with these servers added, or brought up to date; comments, order, overrides and other servers
 * stay. Of a server that is there, variables and headers keep what a person wrote for them. Throws UserError where the text
 * is not valid, or would not be.
 */
export function editProjectText(text: string, shownPath: string, servers: ReadonlyMap<string, ProjectServer>): string {
  const { document, project } = parseProjectText(unixLineEnds(text), shownPath);
  if (!isMap(document.contents)) {
    document.contents = new YAMLMap() as never;
    if (!document.commentBefore && !document.comment) document.commentBefore = HEADER;
    document.set('version', '1');
  }
  const map = serversIn(document);
  for (const [name, server] of servers) {
    const entry = map.get(name);
    if (isMap(entry)) update(document, entry, server, project.servers.get(name) ?? {});
    else map.set(name, nodeOf(document, server));
  }
  const edited = withLineEndsOf(text, document.toString(styleOf(unixLineEnds(text))));
  // A name that the file cannot hold is found before anything is written.
  parseProjectText(edited, shownPath);
  return edited;
}

/** The map of servers: the one that is there, or a new one in the place of what is none. */
function serversIn(document: Document): YAMLMap<unknown, unknown> {
  const existing = document.get('servers', true);
  if (isMap(existing)) {
    if (existing.items.length === 0) existing.flow = false;
    return existing;
  }
  const { servers = null } = document.toJS() as { servers?: unknown };
  document.set('servers', document.createNode(servers ?? {}));
  return serversIn(document);
}

function update(document: Document, entry: YAMLMap, server: ProjectServer, before: ProjectServer): void {
  const wanted: ProjectServer = {
    ...server,
    ...(server.env !== undefined && { env: { ...server.env, ...before.env } }),
    ...(server.headers !== undefined && { headers: { ...server.headers, ...before.headers } }),
  };
  for (const key of REACHING) if (wanted[key] === undefined) entry.delete(key);
  for (const [key, value] of Object.entries(wanted))
    if (JSON.stringify(value) !== JSON.stringify(before[key as keyof ProjectServer]))
      entry.set(document.createNode(key), nodeOf(document, value));
}

const MAX_FLOW_CHARS = 120;

/** Lists of a few words on one line, all else one a line. */
function nodeOf(document: Document, value: unknown): unknown {
  const node = document.createNode(value);
  if (Array.isArray(value)) return document.createNode(value, { flow: JSON.stringify(value).length <= MAX_FLOW_CHARS });
  if (isMap(node))
    for (const pair of node.items) pair.value = nodeOf(document, (value as Record<string, unknown>)[String(pair.key)]);
  return node;
}

/** As the file is written already, so that little changes but what has to. */
function styleOf(text: string): ToStringOptions {
  const [, indent = '  '] = /^[^\s#][^\n]*:[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*( +)[^\s-]/m.exec(text) ?? [];
  return { lineWidth: 0, indent: indent.length, flowCollectionPadding: /[{[] /.test(text) };
}
