/**
 * The architecture, as a test. Each floor of `src/` lists what it may import; everything else is a failure.
 * Change this table only together with the picture in the README.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importsOf, readSourceFiles, type SourceFiles, withoutComments } from './source-files.ts';

interface Floor {
  readonly mayImport: readonly string[];
  /** What a forbidden import would mean, for whoever meets the failure. */
  readonly because: string;
}

const FLOORS: Readonly<Record<string, Floor>> = {
  core: {
    mayImport: ['core', 'zod'],
    because: 'core decides and touches nothing: let the caller read it, and pass it in as data',
  },
  io: {
    mayImport: [
      'core',
      'io',
      'node:*',
      'zod',
      'yaml',
      'jsonc-parser',
      'smol-toml',
      're2js',
      'libsql',
      'redis',
      '@modelcontextprotocol/*',
    ],
    because: 'io touches the world for others and knows neither their jobs nor how results look: return data',
  },
  render: {
    mayImport: ['core', 'render', 'chalk', 'fast-string-width', 'yaml'],
    because: 'a renderer makes text of a report and nothing else: what it needs comes in the report or its options',
  },
  workflows: {
    mayImport: ['core', 'io', 'workflows', 'node:*'],
    because: 'a workflow fetches, decides and returns: whoever calls it prints and asks',
  },
  gateway: {
    mayImport: ['core', 'io', 'gateway', 'node:*', '@modelcontextprotocol/*'],
    because: 'the gateway runs without a person and without other jobs',
  },
  build: {
    mayImport: ['core', 'io', 'build', 'node:*', 'yaml', 'zod', 'rollup', '@rollup/*'],
    because: 'the build prepares data for io, and is not part of the program',
  },
  'index.ts': {
    mayImport: ['core', 'io', 'render', 'workflows', 'gateway'],
    because: 'a library talks to no person',
  },
  cli: {
    mayImport: [
      'core',
      'io',
      'render',
      'workflows',
      'gateway',
      'cli',
      'node:*',
      'commander',
      'inquirer',
      '@inquirer/core',
      'open',
      'ora',
    ],
    because: 'the command line may use everything below it; a package it needs belongs to a floor',
  },
};

const floorOf = (path: string): string => path.split('/')[0] ?? path;

function wrongImports(files: SourceFiles): string[] {
  return [...importsOf(files)].flatMap(([file, targets]) => {
    const floor = FLOORS[floorOf(file)];
    if (floor === undefined) return [`${file} stands on no floor: give its folder one in this table`];
    return targets
      .filter((target) => !floor.mayImport.some((allowed) => isAllowed(target, allowed)))
      .map((target) => `${file} imports ${target}; ${floor.because}`);
  });
}

function isAllowed(target: string, allowed: string): boolean {
  return allowed.endsWith('*')
    ? target.startsWith(allowed.slice(0, -1))
    : target === allowed || (target.endsWith('.ts') && floorOf(target) === allowed);
}

/** Type-only imports count: two files that need each other's types are one concept. */
function cycles(files: SourceFiles): string[] {
  const imports = importsOf(files);
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) return void found.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
    if (done.has(file)) return;
    for (const target of imports.get(file) ?? []) walk(target, [...trail, file]);
    done.add(file);
  };
  for (const file of files.keys()) walk(file, []);
  return found;
}

const IMPURE = /\b(?:async |await |Promise\b|process\.|console\.|Date\.now|new Date|Math\.random|fetch\(|setTimeout\()/;

function impureCore(files: SourceFiles): string[] {
  return [...files]
    .filter(([file, text]) => floorOf(file) === 'core' && IMPURE.test(withoutComments(text)))
    .map(([file]) => file);
}

/** `#process.stdin` and `this.process.stdin` are those of a child. */
const STREAMS = /(?<![#.])\bprocess\.(?:stdin|stdout|stderr|exit|on)\b|\bconsole\./;

function streamUsers(files: SourceFiles): string[] {
  return [...files].filter(([, text]) => STREAMS.test(withoutComments(text))).map(([file]) => file);
}

const sources = readSourceFiles();

test('every import goes down, never up', () => assert.deepEqual(wrongImports(sources), []));
test('no file imports itself through others', () => assert.deepEqual(cycles(sources), []));
test('core is synchronous and reads nothing from outside', () => assert.deepEqual(impureCore(sources), []));
test('the streams of the process reach the program through the terminal alone', () =>
  assert.deepEqual(streamUsers(sources), []));

const FAULTS: readonly (readonly [
  what: string,
  check: (files: SourceFiles) => string[],
  file: string,
  text: string,
])[] = [
  ['node:fs in core', wrongImports, 'core/a.ts', "import { readFileSync } from 'node:fs';"],
  [
    'a type of the SDK in core',
    wrongImports,
    'core/a.ts',
    "import type { A } from '@modelcontextprotocol/sdk/types.js';",
  ],
  ['a bare import in core', wrongImports, 'core/a.ts', "import 'chalk';"],
  ['cli in io', wrongImports, 'io/a.ts', "import { a } from '../cli/main.ts';"],
  ['a lazy import of cli in io', wrongImports, 'io/a.ts', "await import('../cli/main.ts');"],
  ['render in gateway', wrongImports, 'gateway/a.ts', "import { a } from '../render/text.ts';"],
  ['io in render', wrongImports, 'render/a.ts', "export { a } from '../io/a.ts';"],
  ['cli in the library', wrongImports, 'index.ts', "export { main } from './cli/main.ts';"],
  ['a folder without a floor', wrongImports, 'helpers/a.ts', ''],
  ['a cycle', cycles, 'core/verdict.ts', "import type { A } from './classification.ts';"],
  ['async in core', impureCore, 'core/a.ts', 'export async function a() {}'],
  ['console in a workflow', streamUsers, 'workflows/a.ts', 'console.log(1)'],
  ['process.exit in the command line', streamUsers, 'cli/a.ts', 'process.exit(1)'],
];

for (const [what, check, file, text] of FAULTS)
  test(`a seeded fault is found: ${what}`, () => assert.notDeepEqual(check(new Map([...sources, [file, text]])), []));
