import { packageVersion } from '../io/package-version.ts';
import { readAttackPatterns } from '../io/read-catalog.ts';
import type { ToolSource } from '../io/tool-source.ts';
import { type ExplanationFormat, loadExplanationRenderer } from '../render/explanation-format.ts';
import { explain } from '../workflows/explain.ts';
import { findKnowledge } from './find-knowledge.ts';
import type { TargetFlags } from './options.ts';
import type { Terminal } from './terminal.ts';
import { withProgress } from './with-progress.ts';

export interface ExplainFlags extends TargetFlags {
  readonly format: ExplanationFormat;
  readonly json?: boolean;
  readonly catalog: boolean;
  readonly color: boolean;
}

/** Prints the page on one tool; why the server's list is not whole goes to stderr. */
export async function explainTo(
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
