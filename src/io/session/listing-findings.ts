/** What can be noticed while a server is listed: one sentence a finding, made here. */
import type { Finding } from '../../core/finding.ts';

export const pagesCut = (because: string): Finding => ({
  code: 'pages-cut',
  level: 'warning',
  tool: null,
  message: `The list of tools was cut off because ${because}; tools beyond it were not judged.`,
  quotes: [],
});

export const noToolsCapability = (): Finding => ({
  code: 'no-tools-capability',
  level: 'note',
  tool: null,
  message: 'The server says that it offers no tools.',
  quotes: [],
});

export const stdoutNoise = (lines: number, first: string): Finding => ({
  code: 'stdout-noise',
  level: 'warning',
  tool: null,
  message: `The server wrote ${lines === 1 ? 'a line' : `${lines} lines`} to stdout that ${lines === 1 ? 'is' : 'are'} not part of the protocol; clients that read strictly fail on it.`,
  quotes: [first],
});
