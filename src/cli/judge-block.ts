import type { Knowledge } from '../core/classify/knowledge.ts';
import { type Risk, reaches } from '../core/verdict.ts';
import { linesOf } from '../io/files/read-lines.ts';
import { renderVerdict } from '../render/report/ndjson.ts';
import { type BrokenLine, lineJudge } from '../workflows/judge-lines.ts';

/** What comes of a block of lines. Nothing but data, so that a thread can hand it on. */
export interface JudgedBlock {
  /** A verdict a line. */
  readonly text: string;
  /** Numbered from the beginning of the block: nobody has counted those before it. */
  readonly broken: readonly BrokenLine[];
  /** How many lines ended in it. */
  readonly ended: number;
  readonly worst: Risk | null;
}

export function blockJudge(knowledge: Pick<Knowledge, 'lexicon' | 'overrides'>): (block: Uint8Array) => JudgedBlock {
  const judge = lineJudge(knowledge);
  return ({ buffer, byteOffset, byteLength }) => {
    const { lines, ended } = linesOf(Buffer.from(buffer, byteOffset, byteLength));
    const broken: BrokenLine[] = [];
    let text = '';
    let worst: Risk | null = null;
    // One at a time: a verdict that is printed before the next is made need not be kept by the garbage collector.
    for (const line of lines) {
      const judged = judge(line);
      if ('fault' in judged) {
        broken.push(judged);
        continue;
      }
      const { risk } = judged.classification;
      if (worst === null || reaches(risk, worst)) worst = risk;
      text += renderVerdict(judged.classification);
    }
    return { text, broken, ended, worst };
  };
}
