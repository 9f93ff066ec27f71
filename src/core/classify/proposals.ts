/** The values that a parameter of free text proposes: its default, its examples, and those its description lists. */
import type { JsonObject } from '../tool.ts';
import type { Offer } from './permitted-values.ts';

const MAX_CHARS = 400;
const MAX_PROPOSALS = 40;
const QUOTED = /["'`\u201C\u2018]([A-Za-z][\w-]{1,40})["'`\u201D\u2019]/g;
/** "One of: list, create or delete", "(list, delete)", "list | create | delete". */
const LISTED = /(?:^|[:(]\s?)([A-Za-z][\w-]{1,40}(?:(?:, ?(?:or )?| ?\| ?| ?\/ ?| or )[A-Za-z][\w-]{1,40})+)/;

/** "The operation to check. Common values: ..." lists some of many. */
const BY_EXAMPLE = /\be\.g\.|\bsuch as\b|\bexamples?\b|\bcommon\b|\blike\b/i;

/** What a parameter proposes in place of a list of values. */
export function proposals({ default: usual, examples, description }: JsonObject): readonly Offer[] {
  const found: Offer[] = [];
  if (typeof usual === 'string') found.push({ value: usual, keyword: 'default' });
  if (Array.isArray(examples))
    for (const value of examples.slice(0, MAX_PROPOSALS))
      if (typeof value === 'string') found.push({ value, keyword: 'examples' });
  if (typeof description === 'string' && !BY_EXAMPLE.test(description.slice(0, MAX_CHARS)))
    for (const value of told(description.slice(0, MAX_CHARS))) found.push({ value, keyword: 'description' });
  return found;
}

function told(description: string): readonly string[] {
  const quoted = [...description.matchAll(QUOTED)].map(([, value]) => value as string);
  if (quoted.length > 1) return quoted.slice(0, MAX_PROPOSALS);
  return (
    LISTED.exec(description)?.[1]
      ?.split(/[,|/]\s?(?:or )?| or /, MAX_PROPOSALS)
      .map((value) => value.trim()) ?? []
  );
}
