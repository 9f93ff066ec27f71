import { nearestNames } from '../core/nearest-names.ts';
import { decide } from '../core/policy/decide.ts';
import { runCases } from '../core/policy/run-cases.ts';
import { buildCasesReport, buildDecisionReport } from '../core/policy/test-report.ts';
import { compiledPolicy } from '../io/policy/compiled-policy.ts';
import { readCallArguments } from '../io/policy/read-call-arguments.ts';
import { readCases } from '../io/policy/read-cases.ts';
import { type PolicyFile, readPolicy } from '../io/policy/read-policy.ts';
import { renderCases, renderDecision } from '../render/policy/decision-text.ts';
import { printable } from '../render/text/printable.ts';
import { callAndCases, noCall } from './check/check-errors.ts';
import type { Terminal } from './terminal.ts';

export interface TestFlags {
  readonly args?: string;
  readonly cases?: string;
  readonly format: 'text' | 'json';
  readonly json?: boolean;
  readonly color: boolean;
}

/** Prints what becomes of one call, or of a file of calls. */
export async function runTest(
  terminal: Terminal,
  path: string,
  tool: string | undefined,
  flags: TestFlags,
): Promise<void> {
  if (flags.cases !== undefined && (tool ?? flags.args) !== undefined) throw callAndCases();
  if (flags.cases === undefined && tool === undefined) throw noCall();
  const file = await readPolicy(path);
  const context = { terminal, path, file, flags };
  if (flags.cases === undefined) await testCall(context, tool ?? '', flags.args ?? '{}');
  else await testCases(context, flags.cases);
}

interface Context {
  readonly terminal: Terminal;
  readonly path: string;
  readonly file: PolicyFile;
  readonly flags: TestFlags;
}

async function testCall({ terminal, path, file, flags }: Context, tool: string, given: string): Promise<void> {
  const args = await readCallArguments(given, () => terminal.stdin);
  const decision = decide(compiledPolicy(path, file), { tool, args }, new Map(), { caller: '', now: 0 });
  const isJson = flags.json || flags.format === 'json';
  const place = file.placeOfRule(decision.rule);
  const color = flags.color && terminal.hasColor;
  await terminal.out(
    isJson ? json(buildDecisionReport(tool, decision)) : renderDecision(tool, decision, { color, file: path, place }),
  );
  terminal.exitCode = decision.outcome === 'allow' ? 0 : 1;
  const known = Object.keys(file.policy?.tools ?? {});
  const near = known.includes(tool) ? [] : nearestNames(tool, known).map((name) => `"${name}"`);
  if (decision.rule === '(default deny)' && near.length > 0)
    terminal.note(printable(`The policy has no rule for this name, but one for ${near.join(' and ')}.`));
}

async function testCases({ terminal, path, file, flags }: Context, casesFile: string): Promise<void> {
  const policy = compiledPolicy(path, file);
  const { cases, lines } = await readCases(casesFile);
  const results = runCases(policy, cases).map((result, at) => ({ ...result, line: lines[at] ?? 1 }));
  const report = buildCasesReport(results);
  const isJson = flags.json || flags.format === 'json';
  const color = flags.color && terminal.hasColor;
  await terminal.out(isJson ? json(report) : renderCases(results, { color, file: casesFile }));
  terminal.exitCode = report.summary.failed === 0 ? 0 : 1;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
