import type { Knowledge } from '../core/classify/knowledge.ts';
import type { Overrides } from '../core/classify/override.ts';
import { readKnowledge } from '../io/read-catalog.ts';

/** What a caller of the library may say about how tools are judged. */
export interface JudgeOptions {
  /** False leaves the catalog of known servers out. True unless given. */
  readonly catalog?: boolean;
  /** Verdicts of the caller's own, by server and tool. No file is looked for. */
  readonly overrides?: Overrides;
}

export function knowledgeFor({ catalog = true, overrides = {} }: JudgeOptions): Knowledge {
  return { ...readKnowledge({ catalog }), overrides };
}
