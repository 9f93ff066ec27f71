/** Documents that hold commands and what they print: run, and compared with what they say. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Ran, runShell } from './run-cli.ts';

/** A piece of a document: prose, or a fenced block with the words behind its fence. */
type Piece = { readonly prose: string } | { readonly info: string; readonly body: string };

const FENCED = /^```([^\n]*)\n([\s\S]*?)^```$/gm;

/**
 * Runs a transcript in `folder` and returns it with what was printed now. A block `sh` is a command, a block
 * `json NAME` a file that is there; exit code, `stdout` and `stderr` follow their command.
 */
export async function replayTranscript(markdown: string, folder: string): Promise<string> {
  const kept: string[] = [];
  for (const piece of piecesOf(markdown)) {
    if ('prose' in piece) {
      kept.push(piece.prose.replace(/^exit code \d+$/gm, '').trim());
      continue;
    }
    const [kind = '', file] = piece.info.split(' ');
    if (kind === 'stdout' || kind === 'stderr') continue;
    kept.push(fence(piece.info, piece.body));
    if (file !== undefined) writeFile(folder, file, piece.body);
    if (kind === 'sh') kept.push(...outcomeOf(await runIn(folder, piece.body)));
  }
  return `${kept.filter((text) => text !== '').join('\n\n')}\n`;
}

/**
 * Runs the blocks `console` of a document, all in `folder`: a line that begins with `$ ` is a command, the lines after
 * it are what a person sees, stdout and stderr together. A block `json NAME` is a file, from there on, also one in a
 * comment, which readers do not see. Returns the document with what is seen now.
 */
export async function replayConsole(markdown: string, folder: string): Promise<string> {
  let replayed = '';
  for (const piece of piecesOf(markdown)) {
    if ('prose' in piece) {
      replayed += piece.prose;
      continue;
    }
    const [, file] = piece.info.split(' ');
    if (file !== undefined) writeFile(folder, file, piece.body);
    replayed += fence(piece.info, piece.info === 'console' ? await seenOf(piece.body, folder) : piece.body);
  }
  return replayed;
}

/** The lines of a document that look like a command with its output, and that `replayConsole` does not run. */
export function commandsNotRun(markdown: string): string[] {
  return piecesOf(markdown).flatMap((piece) => {
    const isRun = !('prose' in piece) && piece.info === 'console';
    if (isRun) return piece.body.startsWith('$ ') ? [] : [piece.body];
    const text = 'prose' in piece ? piece.prose : fence(piece.info, piece.body);
    return text.match(/^\s*(?:\$ .*|(?:```|~~~)\s*console.*)$/gm) ?? [];
  });
}

async function seenOf(block: string, folder: string): Promise<string> {
  let seen = '';
  for (const command of block.split('\n').filter((line) => line.startsWith('$ '))) {
    const { stdout } = await runIn(folder, `{ ${command.slice(2)}\n} 2>&1`);
    seen += `${command}\n${withLineEnd(stdout)}`;
  }
  return seen;
}

/** With the folder `home` as home, be it there or not: what whoever runs the tests keeps in theirs must not show. */
function runIn(folder: string, commandLine: string): Promise<Ran> {
  const home = join(folder, 'home');
  const theirs = { XDG_CONFIG_HOME: '', XDG_DATA_HOME: '', POLICYLAYER_HOME: '', POLICYLAYER_STATE: '' };
  return runShell(commandLine, { cwd: folder, env: { ...theirs, HOME: home, USERPROFILE: home } });
}

function writeFile(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function piecesOf(markdown: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { index, 0: whole, 1: info = '', 2: body = '' } of markdown.matchAll(FENCED)) {
    pieces.push({ prose: markdown.slice(from, index) }, { info, body });
    from = index + whole.length;
  }
  return [...pieces, { prose: markdown.slice(from) }];
}

function outcomeOf({ stdout, stderr, exitCode }: Ran): string[] {
  return [
    `exit code ${exitCode}`,
    ...(stdout === '' ? [] : [fence('stdout', withLineEnd(stdout))]),
    ...(stderr === '' ? [] : [fence('stderr', withLineEnd(stderr))]),
  ];
}

const fence = (info: string, body: string): string => `\`\`\`${info}\n${body}\`\`\``;
const withLineEnd = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
