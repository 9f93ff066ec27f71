import { type Risk, reaches } from '../core/verdict.ts';
import { answerEach } from '../io/threads/answer-each.ts';
import { brokenLineText } from './error-text.ts';
import { exitCode } from './exit-code.ts';
import { blockJudge } from './judge-block.ts';
import type { ReportFlags } from './options.ts';
import { findKnowledge } from './scan/find-knowledge.ts';
import type { Terminal } from './terminal.ts';

/** In the bundle too: it is a file of its own there, beside the others. */
const THREAD = new URL('./verdict-thread.js', import.meta.url);

/** Prints a verdict a line as the lines come in. A broken one is told and the others go on; a reader who leaves ends it. */
export async function streamVerdicts(
  blocks: AsyncIterable<Buffer>,
  flags: ReportFlags,
  { terminal, name }: { readonly terminal: Terminal; readonly name: string },
): Promise<void> {
  const knowledge = await findKnowledge(flags, terminal);
  const thread = { file: THREAD, data: knowledge.overrides };
  let worst: Risk | null = null;
  let incomplete = false;
  let before = 0;
  for await (const judged of answerEach(blocks, blockJudge(knowledge), thread)) {
    if (worst === null || (judged.worst !== null && reaches(judged.worst, worst))) worst = judged.worst;
    for (const { number, fault } of judged.broken) {
      incomplete = true;
      terminal.note(brokenLineText(name, { number: before + number, fault }));
    }
    before += judged.ended;
    await terminal.out(judged.text);
    if (terminal.isOutputClosed) break;
  }
  terminal.exitCode = exitCode({ worst, incomplete }, flags.failOn);
}
