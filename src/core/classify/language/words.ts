/** The word knowledge of `catalog/words.yaml`: what verbs, objects and parameter names mean on any server. */
import { z } from 'zod';
import { CLASSES } from '../../verdict.ts';

/** A list of words, written in YAML as one string with white space between. */
const wordList = z.string().transform((text) => text.split(/\s+/).filter(Boolean));

export const wordsSchema = z.strictObject({
  verbs: z.record(z.enum(CLASSES), z.strictObject({ strong: wordList, lead: wordList, weak: wordList })),
  foreign: z.record(z.string(), wordList),
  plain: wordList,
  light: wordList,
  nominals: z.record(z.string(), z.string()),
  foreign_nominals: z.record(z.string(), wordList),
  agents: z.record(z.string(), z.string()),
  pairs: wordList,
  modifiers: wordList,
  determiners: wordList,
  prepositions: wordList,
  objects: z.record(z.string(), wordList),
  effects: z.strictObject({
    granting: wordList,
    work_items: wordList,
    delivering: wordList,
    writing: wordList,
    undelivered: wordList,
    issuing: wordList,
    judging: wordList,
    unopened: wordList,
    vague_secrets: wordList,
    own_content: wordList,
    about_content: wordList,
    listing: wordList,
    computing: wordList,
    public: wordList,
  }),
  reading_nouns: wordList,
  parameters: z.record(z.string(), wordList),
  http_methods: z.strictObject({ Read: wordList, Execute: wordList, Destructive: wordList }),
  contexts: z.record(z.string(), wordList),
  meanings: z.array(
    z.strictObject({
      verbs: wordList,
      objects: wordList.optional(),
      with: wordList.optional(),
      unless: wordList.optional(),
      before: z.string().optional(),
      target: z.string().optional(),
      context: z.string().optional(),
      class: z.enum(CLASSES),
    }),
  ),
});

export type Words = z.infer<typeof wordsSchema>;
