import type { Classification } from '../core/classification.ts';
import { toolClassifier } from '../core/classify/classify.ts';
import type { Knowledge } from '../core/classify/knowledge.ts';
import { parseTool } from '../core/parse-tools.ts';
import type { Line } from '../io/read-lines.ts';
import { readToolLine } from '../io/read-tools-file.ts';

/** A verdict, or why a line has none. */
export type JudgedLine =
  | { readonly classification: Classification }
  | { readonly number: number; readonly fault: string };

/**
 * Verdicts on a tool a line, batch by batch as they are asked for, so that a list of any length takes constant memory.
 * The price: no tool is judged beside its siblings, so a common prefix of their names is not taken off.
 */
export async function* classifyLines(
  batches: AsyncIterable<readonly Line[]>,
  knowledge: Knowledge,
): AsyncGenerator<Iterable<JudgedLine>> {
  const classify = toolClassifier(knowledge);
  const judge = (line: Line): JudgedLine => {
    const read = readToolLine(line);
    if ('fault' in read) return read;
    const tool = parseTool(read.raw);
    return tool === null ? { number: line.number, fault: 'It has no usable name' } : { classification: classify(tool) };
  };
  // One at a time: a verdict that is printed before the next is made need not be kept by the garbage collector.
  function* judgeEach(lines: readonly Line[]): Generator<JudgedLine> {
    for (const line of lines) yield judge(line);
  }
  for await (const lines of batches) yield judgeEach(lines);
}
