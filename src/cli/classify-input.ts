import { fileName } from '../core/server/server-name.ts';
import { inputToolSource, openedToolSource } from '../io/tools/read-tools-file.ts';
import { fileInput, openInput, type ToolsInput } from '../io/tools/tools-input.ts';
import { formatOf, type ReportFlags } from './options.ts';
import { reportOn } from './scan/report-on.ts';
import type { Terminal } from './terminal.ts';

/** Classifies what a file or stdin holds. A tool a line that goes out as a verdict a line is never held as a whole. */
export async function classifyInput(file: string, flags: ReportFlags, terminal: Terminal): Promise<void> {
  const input = inputOf(file, terminal);
  const context = {
    terminal,
    run: { command: 'classify', words: repeatedFile(file) },
    announcements: [],
    nameServers: false,
  };
  if (formatOf(flags) !== 'ndjson' || flags.output !== undefined)
    return reportOn([inputToolSource(input)], flags, context);
  // Lines are read ahead of their verdicts, so that an end in between leaves a read that would wait for more.
  const reading = new AbortController();
  try {
    const opened = await openInput(input, AbortSignal.any([terminal.signal, reading.signal]));
    if (opened.kind === 'document') return await reportOn([openedToolSource(input, opened)], flags, context);
    const { streamVerdicts } = await import('./stream-verdicts.ts');
    await streamVerdicts(opened.blocks, flags, { terminal, name: input.target });
  } finally {
    reading.abort();
  }
}

/** A name that begins with a dash would be taken for an option; stdin cannot be read again. */
function repeatedFile(file: string): readonly string[] | null {
  if (file === '-') return null;
  return [file.startsWith('-') ? `./${file}` : file];
}

function inputOf(file: string, terminal: Terminal): ToolsInput {
  if (file === '-') return { name: 'stdin', target: 'stdin', open: () => terminal.stdin };
  return fileInput({ name: fileName(file), path: file });
}
