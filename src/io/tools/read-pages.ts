import type { Finding } from '../../core/finding.ts';
import { isObject } from '../../core/tool.ts';
import { noToolsCapability, pagesCut } from '../session/listing-findings.ts';
import { MAX_LISTING_BYTES, MAX_PAGES, MAX_TOOLS } from '../session/listing-limits.ts';
import { RefusedRequest, type Session, UnreadableAnswer } from '../session/session.ts';

const METHOD_NOT_FOUND = -32601;

interface PageOptions {
  /** How much the server has sent so far, in all. */
  readonly receivedBytes: () => number;
  readonly onPage: (page: number) => void;
}

/**
 * All tools of a server, page by page. Where a bound is reached it returns what was read, with a finding that says so.
 * A page that cannot be read at all is an error: a list with a hole would look complete.
 */
export async function readPages(
  session: Pick<Session, 'listPage'>,
  { receivedBytes, onPage }: PageOptions,
): Promise<{ tools: unknown[]; findings: Finding[] }> {
  const tools: unknown[] = [];
  const cut = (why: string) => ({ tools: tools.slice(0, MAX_TOOLS), findings: [pagesCut(why)] });
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 1; page <= MAX_PAGES; page++) {
    onPage(page);
    const answer = await askForPage(session, cursor);
    if (answer === null) return { tools, findings: [noToolsCapability()] };
    // Not push(...), which overflows the stack at some 100,000 entries.
    for (const tool of answer.tools) tools.push(tool);
    const next = answer.nextCursor;
    if (tools.length > MAX_TOOLS) return cut(`it offers more than ${MAX_TOOLS} tools`);
    // Some servers send null or "" on the last page, where the protocol wants the field left out.
    if (next === undefined || next === null || next === '') return { tools, findings: [] };
    if (typeof next !== 'string') return cut('it sent a cursor that is no text');
    if (seen.has(next)) return cut('it sent the same cursor twice');
    if (receivedBytes() > MAX_LISTING_BYTES) return cut(`it sent more than ${MAX_LISTING_BYTES} bytes`);
    seen.add(next);
    cursor = next;
  }
  return cut(`it offers more than ${MAX_PAGES} pages`);
}

/** One page; null where the server, asked for the first, says that it has no such method. */
async function askForPage(
  session: Pick<Session, 'listPage'>,
  cursor: string | undefined,
): Promise<{ tools: readonly unknown[]; nextCursor: unknown } | null> {
  let answer: unknown;
  try {
    answer = await session.listPage(cursor);
  } catch (error) {
    if (cursor === undefined && error instanceof RefusedRequest && error.code === METHOD_NOT_FOUND) return null;
    throw error;
  }
  if (!isObject(answer) || !Array.isArray(answer.tools)) throw new UnreadableAnswer('It has no array "tools".');
  return { tools: answer.tools, nextCursor: answer.nextCursor };
}
