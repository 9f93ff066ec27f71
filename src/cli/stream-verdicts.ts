import { type Risk, reaches } from '../core/verdict.ts';
import type { Line } from '../io/read-lines.ts';
import { renderVerdict } from '../render/ndjson.ts';
import { classifyLines } from '../workflows/classify-lines.ts';
import { brokenLineText } from './error-text.ts';
import { exitCode } from './exit-code.ts';
import { findKnowledge } from './find-knowledge.ts';
import type { ReportFlags } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Prints a verdict a line as the lines come in. A broken one is told and the others go on; a reader who leaves ends it. */
export async function streamVerdicts(
  batches: AsyncIterable<readonly Line[]>,
  flags: ReportFlags,
  { terminal, name }: { readonly terminal: Terminal; readonly name: string },
): Promise<void> {
  const knowledge = await findKnowledge(flags, terminal);
  let worst: Risk | null = null;
  let incomplete = false;
  for await (const judged of classifyLines(batches, knowledge)) {
    let text = '';
    for (const line of judged) {
      if ('classification' in line) {
        const { risk } = line.classification;
        if (worst === null || reaches(risk, worst)) worst = risk;
        text += renderVerdict(line.classification);
      } else {
        incomplete = true;
        terminal.note(brokenLineText(name, line));
      }
    }
    await terminal.out(text);
    if (terminal.isOutputClosed) break;
  }
  terminal.exitCode = exitCode({ worst, incomplete }, flags.failOn);
}
