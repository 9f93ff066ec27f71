import { packageVersion } from '../io/package-version.ts';
import { readAttackPatterns } from '../io/read-catalog.ts';
import type { ToolSource } from '../io/tools/tool-source.ts';
import { type ExplanationFormat, loadExplanationRenderer } from '../render/explanation/explanation-format.ts';
import { explain } from '../workflows/explain.ts';
import type { TargetFlags } from './options.ts';
import { findKnowledge } from './scan/find-knowledge.ts';
import { withProgress } from './terminal/with-progress.ts';
import type { Terminal } from './terminal.ts';

export interface ExplainFlags extends TargetFlags {
  readonly format: ExplanationFormat;
  readonly json?: boolean;
  readonly catalog: boolean;
  readonly color: boolean;
}

/** Prints the page on one tool; why the server's list is not whole goes to stderr. */
export async function runExplain(
  terminal: Terminal,
  source: ToolSource,
  tool: string,
  flags: ExplainFlags,
): Promise<void> {
  const knowledge = await findKnowledge(flags, terminal);
  const patterns = readAttackPatterns();
  const { explanation, gaps } = await withProgress(terminal, { servers: 1, color: flags.color }, (progress) =>
    explain(source, tool, { knowledge, patterns, version: packageVersion(), signal: terminal.signal, ...progress }),
  );
  const render = await loadExplanationRenderer(flags.json ? 'json' : flags.format);
  await terminal.out(render(explanation, { color: flags.color && terminal.hasColor, columns: terminal.columns }));
  if (gaps.length === 0) return;
  const { gapText } = await import('./error-text.ts');
  for (const gap of gaps) terminal.note(gapText(source.target, gap));
}
