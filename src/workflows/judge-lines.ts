import type { Classification } from '../core/classification.ts';
import { toolClassifier } from '../core/classify/classify.ts';
import type { Knowledge } from '../core/classify/knowledge.ts';
import { parseTool } from '../core/listing/parse-tools.ts';
import type { Line } from '../io/files/read-lines.ts';
import { readToolLine } from '../io/tools/read-tools-file.ts';

/** A verdict, or why a line has none. */
export type JudgedLine = { readonly classification: Classification } | BrokenLine;

export interface BrokenLine {
  readonly number: number;
  readonly fault: string;
}

/**
 * Verdicts on a tool a line, each by itself, so that a list of any length takes constant memory and many can work at it.
 * The price: no tool is judged beside its siblings, so a common prefix of their names is not taken off.
 */
export function lineJudge(knowledge: Pick<Knowledge, 'lexicon' | 'overrides'>): (line: Line) => JudgedLine {
  const classify = toolClassifier(knowledge);
  return (line) => {
    const read = readToolLine(line);
    if ('fault' in read) return read;
    const tool = parseTool(read.raw);
    return tool === null ? { number: line.number, fault: 'It has no usable name' } : { classification: classify(tool) };
  };
}
