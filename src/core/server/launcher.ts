/** Programs that fetch a package and run it, and what a command line says about the package it runs. */
import type { ServerSpec } from './server-spec.ts';

type Registry = 'npm' | 'pypi' | 'image';

interface Launcher {
  /** The program, and the words that make it a launcher. */
  readonly words: readonly string[];
  readonly registry: Registry;
  /** Options that name the package, so that the first word is only the program inside it. */
  readonly packageOptions: readonly string[];
  /** Other options that take the next word. */
  readonly valueOptions: readonly string[];
}

const NPM = {
  registry: 'npm',
  packageOptions: ['-p', '--package'],
  valueOptions: ['-c', '--call', '--registry'],
} as const;
const PYPI = {
  registry: 'pypi',
  packageOptions: ['--from', '--spec'],
  valueOptions: ['-p', '--python', '-w', '--with', '--with-editable', '--index', '--index-url', '--refresh-package'],
} as const;
const IMAGE = {
  registry: 'image',
  packageOptions: [],
  valueOptions: `-e --env --env-file -v --volume --mount -p --publish -w --workdir -u --user -l --label --name --network
    --net --platform --entrypoint --add-host --dns --hostname -h -m --memory --cpus --gpus --device --pull --restart`.split(
    /\s+/,
  ),
} as const;

const LAUNCHERS: readonly Launcher[] = [
  { words: ['npx'], ...NPM },
  { words: ['bunx'], ...NPM },
  { words: ['npm', 'exec'], ...NPM },
  { words: ['npm', 'x'], ...NPM },
  { words: ['pnpm', 'dlx'], ...NPM },
  { words: ['yarn', 'dlx'], ...NPM },
  { words: ['bun', 'x'], ...NPM },
  { words: ['uvx'], ...PYPI },
  { words: ['uv', 'tool', 'run'], ...PYPI },
  { words: ['pipx', 'run'], ...PYPI },
  { words: ['docker', 'run'], ...IMAGE },
  { words: ['podman', 'run'], ...IMAGE },
];

/** What a launcher was told to run. */
export interface Launched {
  readonly registry: Registry;
  /** As it was asked for, with version, extras or tag; null where no word names it. */
  readonly requested: string | null;
}

/** The package a command line fetches and runs; null where its program is no launcher we know. */
export function launchedPackage(command: string, args: readonly string[]): Launched | null {
  const words = [programName(command), ...args];
  const launcher = LAUNCHERS.find((known) => known.words.every((word, at) => word === words[at]));
  if (launcher === undefined) return null;
  return { registry: launcher.registry, requested: requestedBy(launcher, words.slice(launcher.words.length)) };
}

/** `npm:NAME` or `pypi:NAME` without version and extras; null for an image, a path or an address. */
export function packageId({ registry, requested }: Launched): string | null {
  if (registry === 'image' || requested === null) return null;
  const name = registry === 'npm' ? /^(?:@[\w.~-]+\/)?[\w.~-]+(?=@|$)/ : /^[\w.-]+(?=[[@=<>~!; ]|$)/;
  const id = name.exec(requested)?.[0];
  return id === undefined || id.startsWith('.') ? null : `${registry}:${id}`;
}

/** The program without folder and Windows ending. */
export function programName(command: string): string {
  return (command.split(/[\\/]/).at(-1) ?? command).replace(/\.(?:exe|cmd|bat)$/i, '');
}

/** How long listing may take: a launcher may have to install the server first. */
export function defaultTimeoutMs(spec: ServerSpec): number {
  return spec.kind === 'stdio' && launchedPackage(spec.command, spec.args) !== null ? 180_000 : 60_000;
}

function requestedBy({ packageOptions, valueOptions }: Launcher, words: readonly string[]): string | null {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [option = '', value] = word.split(/=(.*)/s);
    if (packageOptions.includes(option)) return value ?? words[at + 1] ?? null;
    if (valueOptions.includes(word)) at++;
    else if (!word.startsWith('-')) return word;
  }
  return null;
}
