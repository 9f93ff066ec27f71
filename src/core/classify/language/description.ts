/** The parts of a description that say what the tool does: sentences in order, without headings, examples and warnings. */
import { foldLookAlikes } from './look-alikes.ts';
import type { Word } from './split-words.ts';

/** The opening says what a tool does; what follows explains how to call it. */
const MAX_CHARS = 2_000;
const MAX_SENTENCES = 12;
const MAX_WORDS = 32;

const BOUNDARY = /[.!?](?=\s|$)|[\n\r。！？]+/g;
const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}'’]*(?:-[\p{L}\p{N}]+)*|[,/&|:()–—;]|-(?=\s)/gu;
/** A heading above or in front of text: "**Purpose:**", "<use_case>", "## When to use", "Guardrails:". */
const HEADING = /^[\s\p{P}\p{S}\d]*?([\p{L}][\p{L}\p{N} _'’/-]{1,40}?)\s*(?::\s*\**|>|\**$)/u;
const MARKED = /^[\s\p{P}\p{S}]*(?:#|\*\*|<|\p{Extended_Pictographic})/u;

/** What stands in brackets before the first word. */
const LABEL = /^\s*\[[^\]\n]{0,120}\]\s*/;

const SKIPPED_SECTION =
  /^(?:guardrails?|warnings?|notes?|important(?: notes?)?|caution|prerequisites?|usage(?: guidance| notes?| tips?)?|when (?:not )?to use.*|use (?:this tool|it|cases?) when.*|examples?|args?|arguments?|parameters?|params?|inputs?|returns?|outputs?(?: format)?|responses?|errors?|error responses|limitations?|tips?|requires?|requirements?|permissions?|authentication|security|see also|related|hints?|instructions?|workflow|best practices|cost optimization|rate limits?|weight|do not use.*|don't use.*|key features)$/i;
const LEADING_SECTION =
  /^(?:purpose|description|summary|overview|what (?:it|this) does|function|use_case|goal|about)$/i;

/**
 * Reads the sentences that may say what the tool does, in order, at most a dozen, until one is answered with something.
 * Most of the time that is the first one.
 */
export function firstAnswer<T>(description: string, read: (words: readonly Word[], nth: number) => T | null): T | null {
  const text = foldLookAlikes(description.slice(0, MAX_CHARS));
  let sentences = 0;
  let skipping = false;
  // "[Deprecated: use the other one] Searches ..."
  let start = LABEL.exec(text)?.[0].length ?? 0;
  for (let end = nextBoundary(text, start); start < text.length && sentences < MAX_SENTENCES; ) {
    const line = text.slice(start, end);
    const heading = headingOf(line);
    if (heading !== null) {
      if (SKIPPED_SECTION.test(heading.title)) skipping = true;
      else if (skipping && (heading.marked || LEADING_SECTION.test(heading.title))) skipping = false;
    }
    if (!skipping) {
      const isTitleOnly = heading !== null && LEADING_SECTION.test(heading.title);
      const words = tokens(text, isTitleOnly ? start + heading.length : start, end);
      const answer = words.length > 0 ? read(words, sentences++) : null;
      if (answer !== null) return answer;
    }
    start = end + 1;
    end = nextBoundary(text, start);
  }
  return null;
}

function nextBoundary(text: string, from: number): number {
  BOUNDARY.lastIndex = from;
  const match = BOUNDARY.exec(text);
  return match === null ? text.length : match.index + match[0].length - 1;
}

function headingOf(line: string): { title: string; marked: boolean; length: number } | null {
  const start = line.slice(0, 120);
  if (!/[:>*]/.test(start)) return null;
  const match = HEADING.exec(start);
  if (match === null) return null;
  return { title: (match[1] as string).trim(), marked: MARKED.test(line), length: match[0].length };
}

function tokens(text: string, start: number, end: number): Word[] {
  const words: Word[] = [];
  TOKEN.lastIndex = start;
  for (let match = TOKEN.exec(text); match !== null && match.index < end; match = TOKEN.exec(text)) {
    words.push({ text: match[0].toLowerCase(), start: match.index, end: match.index + match[0].length });
    if (words.length === MAX_WORDS) break;
  }
  return words;
}
