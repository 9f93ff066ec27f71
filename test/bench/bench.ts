/** `npm run bench`: the budgets, each as a ratio or a figure of this one run. Exits with 1 when one is exceeded. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classifyTools } from '../../src/core/classify/classify.ts';
import { readKnowledge } from '../../src/io/read-catalog.ts';
import { type Figure, figureLine, isWithin } from './figure.ts';
import { measureBesideOtherProxy, measureHttpGateway } from './http-gateway.ts';
import { median, medianRatio, timeNode } from './measure.ts';
import { sampleTools } from './sample-tools.ts';
import { measureStdioGateway } from './stdio-gateway.ts';
import { startTenServers } from './ten-servers.ts';

const root = fileURLToPath(new URL('.', import.meta.resolve('#package.json')));
const policylayer = join(root, 'bin/policylayer.js');
const memoryServer = join(root, 'node_modules/@modelcontextprotocol/server-memory/dist/index.js');
const bareClient = fileURLToPath(new URL('./bare-client.js', import.meta.url));
const parseLines = fileURLToPath(new URL('./parse-lines.js', import.meta.url));
const NOTHING = ['-e', '0'];

interface Budget {
  readonly what: string;
  readonly atMost: number;
  readonly unit: string;
  readonly measure: () => number | Promise<number>;
}

const scratch = mkdtempSync(join(tmpdir(), 'policylayer-bench-'));
const toolsFile = join(scratch, 'tools.json');
const tools = sampleTools(2_000);
writeFileSync(toolsFile, JSON.stringify({ tools }));
const linesFile = join(scratch, 'tools.ndjson');
writeFileSync(
  linesFile,
  sampleTools(100_000)
    .map((tool) => `${JSON.stringify(tool)}\n`)
    .join(''),
);

const budgets: readonly Budget[] = [
  {
    what: 'policylayer --help against node -e 0',
    atMost: 1.5,
    unit: '×',
    measure: () => medianRatio(21, [policylayer, '--help'], NOTHING),
  },
  {
    what: 'classify of 2,000 tools, whole process, against node -e 0',
    atMost: 3,
    unit: '×',
    measure: () => medianRatio(15, [policylayer, 'classify', toolsFile, '--json'], NOTHING),
  },
  {
    what: 'classify of 100,000 tools, one a line, against parsing the lines',
    atMost: 6,
    unit: '×',
    measure: () => medianRatio(3, [policylayer, 'classify', linesFile, '--format', 'ndjson'], [parseLines, linesFile]),
  },
  { what: 'classification alone, per tool', atMost: 30, unit: 'µs', measure: microsecondsPerTool },
  {
    what: 'scan of a server against the bare SDK client',
    atMost: 1.25,
    unit: '×',
    measure: () =>
      medianRatio(
        11,
        [policylayer, 'scan', '--json', '--', process.execPath, memoryServer],
        [bareClient, process.execPath, memoryServer],
      ),
  },
  {
    what: 'scan of 10 servers at once against the slowest of them',
    atMost: 1.5,
    unit: '×',
    measure: tenAgainstSlowest,
  },
];

/** In one `policylayer scan` of a project file, against `policylayer scan NAME` of the one that takes longest alone. */
async function tenAgainstSlowest(): Promise<number> {
  const { folder, names, stop } = await startTenServers(join(scratch, 'ten'));
  try {
    const alone = new Map<string, number>();
    for (const name of names) {
      const times: number[] = [];
      for (let run = 0; run < 3; run++) times.push(await timeNode([policylayer, 'scan', '--json', name], folder));
      alone.set(name, median(times));
    }
    const [slowest = ''] = [...names].sort((a, b) => (alone.get(b) ?? 0) - (alone.get(a) ?? 0));
    return await medianRatio(9, [policylayer, 'scan', '--json'], [policylayer, 'scan', '--json', slowest], folder);
  } finally {
    stop();
  }
}

/** The median over rounds of judging all sample tools, after one round that warms the process up. */
function microsecondsPerTool(): number {
  const knowledge = { ...readKnowledge({ catalog: true }), overrides: {} };
  const round = () => {
    const started = performance.now();
    classifyTools(tools, { name: 'sample' }, knowledge);
    return ((performance.now() - started) * 1_000) / tools.length;
  };
  round();
  return median(Array.from({ length: 15 }, round));
}

const tell = (figure: Figure): void => {
  if (!isWithin(figure)) process.exitCode = 1;
  process.stdout.write(`${figureLine(figure)}\n`);
};

try {
  for (const { measure, ...budget } of budgets) tell({ ...budget, found: await measure() });
  for (const measured of [
    () => measureStdioGateway(scratch),
    () => measureHttpGateway(join(scratch, 'http')),
    () => measureBesideOtherProxy(join(scratch, 'beside')),
  ])
    for (const figure of await measured()) tell(figure);
} finally {
  rmSync(scratch, { recursive: true });
}
