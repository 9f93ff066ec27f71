import { launchedPackage, programName } from './launcher.ts';

const INTERPRETERS = /^(?:node|deno|bun|tsx|ts-node|python[\d.]*|py|ruby|perl|php|java|dotnet|bash|sh|zsh|cmd|uv)$/;
const CODE_FLAG = /^(?:-[a-z]*c|-p?e|-p|--eval|--print)$/;
/** File and folder names that every server has, so that they name none. */
const NAMELESS = /^(?:index|main|cli|__main__|mod|app|run|start|dist|build|out|lib|src|bin|esm|cjs|\.{1,2}|)$/;
/** What packages of many owners are called. */
const NAMELESS_PACKAGE = /^(?:mcp|mcp-server|server|cli)$/;

/** A short name for a command: the package it launches, the program, or the file an interpreter is given. */
export function commandName(command: string, args: readonly string[]): string {
  const launched = launchedPackage(command, args);
  if (launched !== null && launched.requested !== null) return packageName(launched.requested);
  const program = programName(command);
  const at = INTERPRETERS.test(program) ? args.findIndex((arg) => !/^(?:-|run$|exec$)/.test(arg)) : -1;
  // Code on the command line is no file, and no name.
  const file = CODE_FLAG.test(args[at - 1] ?? '') ? undefined : args[at];
  return file === undefined ? program : fileName(file);
}

/** A package, image or repository without scope, host, version, extras and tag; `@sentry/mcp-server` is `sentry`. */
export function packageName(requested: string): string {
  const [last = '', owner = ''] = requested
    .replace(/(?<=.)(?:@|[[=<>~!;#]).*$/s, '')
    .split('/')
    .reverse();
  const name = last.replace(/:.*$/, '').replace(/\.git$/, '');
  const ownerName = owner.replace(/^@/, '');
  return NAMELESS_PACKAGE.test(name) && ownerName !== '' ? ownerName : name || requested;
}

/** The host of an address; with its port where that alone tells two servers apart. */
export function hostName(url: URL): string {
  return /^(?:localhost|127\.|\[)/.test(url.hostname) ? url.host : url.hostname;
}

/** A file without folders and ending; `server-x/dist/index.js` is `server-x`. */
export function fileName(path: string): string {
  const [file = path, ...folders] = path.split(/[\\/]/).reverse();
  const stem = file.replace(/(?<=.)\.[^.]*$/, '');
  return [stem, ...folders].find((name) => !NAMELESS.test(name)) ?? stem;
}

/** The names, those that appeared before with ` (2)`, ` (3)` behind them. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let count = 2; taken.has(unique); count++) unique = `${name} (${count})`;
    taken.add(unique);
    return unique;
  });
}
