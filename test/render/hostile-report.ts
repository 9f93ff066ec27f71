/** One report for all formats, with the worst that servers put into texts. */
import { buildReport } from '../../src/core/build-report.ts';
import type { Classification } from '../../src/core/classification.ts';
import type { Finding } from '../../src/core/finding.ts';
import { recommend } from '../../src/core/policy/recommend/recommend.ts';
import type { Report, ServerReport } from '../../src/core/report.ts';

const allowed: Classification = {
  name: 'list_files',
  category: 'Read',
  class: 'Read',
  effects: ['private'],
  risk: 'low',
  confidence: 0.9,
  needsReview: false,
  source: 'rules',
  reason: 'The name says "list": a call returns information.',
  evidence: [{ rule: 'name/read-verb', field: 'name', quote: 'list', says: 'Read' }],
  rule: {},
  hidden: false,
};

const limited = (max: number, window: 'minute' | 'hour' = 'minute'): Classification['rule'] => ({
  limits: [{ counter: 'sample_rate', window, max, scope: 'grant' }],
});

const destructive = { category: 'Write', class: 'Destructive', risk: 'critical', rule: null, hidden: true } as const;

const tools: readonly Classification[] = [
  allowed,
  { ...allowed, ...destructive, name: 'delete_all', effects: ['destructive'], reason: 'It says "\u001B[2Jdelete".' },
  { ...allowed, name: '\u001B[31mred\u001B[0m\u001B]8;;http://evil.example\u0007link\u001B]8;;\u0007' },
  { ...allowed, name: '<script>alert("1")</script>', reason: '</td><img src=x onerror=alert(1)>' },
  { ...allowed, name: 'two\nlines\r\n# heading', reason: 'One\n- two: {}' },
  { ...allowed, name: `long_${'x'.repeat(5000)}`, needsReview: true },
  { ...allowed, name: '__proto__', category: 'Write', class: 'Write', risk: 'medium', rule: limited(30) },
  {
    ...allowed,
    name: 'constructor',
    category: 'Write',
    class: 'Execute',
    risk: 'high',
    effects: ['execute'],
    rule: limited(10, 'hour'),
  },
  { ...allowed, name: '読み取り_ファイル', reason: '読み取ります。' },
  {
    ...allowed,
    name: '🚀_launch👩‍👩‍👧',
    category: 'Write',
    class: 'Execute',
    risk: 'high',
    effects: ['execute', 'untrusted', 'send'],
    rule: limited(10),
  },
  {
    ...allowed,
    name: 'pay|`now`*',
    category: 'Write',
    class: 'Financial',
    risk: 'critical',
    effects: ['financial'],
    rule: { deny_if: [{ conditions: [], on_deny: 'Requires human approval.' }] },
  },
  {
    ...allowed,
    name: 'abc\u202Egnp.exe\u200B',
    rule: { require: [{ conditions: [{ path: 'args.a', op: 'exists', value: true }] }] },
  },
  {
    ...allowed,
    name: '42',
    category: 'Other',
    class: 'Other',
    risk: 'medium',
    confidence: 0,
    needsReview: true,
    rule: null,
    effects: [],
  },
  { ...allowed, name: 'yes: no # maybe' },
];

const note = (tool: string | null, level: Finding['level'] = 'note'): Finding => ({
  code: 'schema-missing',
  level,
  tool,
  message: 'The tool has no input schema.',
  quotes: [],
});

const findings: readonly Finding[] = [
  ...tools.map(({ name }) => note(name)),
  {
    code: 'stdout-noise',
    level: 'warning',
    tool: null,
    message: 'The server wrote \u001B[5m<b>2 lines</b>\n to stdout.',
    quotes: ['\u0000'],
  },
  {
    code: 'hidden-text',
    level: 'error',
    tool: 'two\nlines\r\n# heading',
    message: 'The description hides text.',
    quotes: ['<IMPORTANT>'],
  },
];

const server = (parts: Partial<ServerReport>): ServerReport => ({
  name: 'files',
  target: 'npx -y files-server',
  transport: 'stdio',
  protocol: '2025-11-25',
  server: { name: 'Files\u001B[0m "server"', version: '1.0.0\n' },
  tools: [...tools],
  policy: recommend(tools),
  findings: [...findings],
  ...parts,
});

export const HOSTILE_SERVER = server({});

/** Two servers that could be listed, one of them empty, and one that could not. */
export const HOSTILE_REPORT: Report = buildReport({
  version: '0.0.0',
  servers: [
    HOSTILE_SERVER,
    server({
      name: 'empty',
      target: 'http://localhost/mcp',
      transport: 'streamable-http',
      server: null,
      tools: [],
      policy: recommend([]),
      findings: [],
    }),
  ],
  problems: [
    {
      name: 'broken\u0007',
      target: 'node broken.js',
      code: 'SERVER_DIED',
      message: 'The server "broken" died.',
      cause: 'It exited with code 1.',
      hint: 'Read what it said.',
      serverOutput: ['Error: \u001B[31mKEY is missing'],
    },
  ],
});
