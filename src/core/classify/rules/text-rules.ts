/** What the rest of the description says: limits to reading, warnings, files it writes. */
import type { Rule } from '../rule.ts';
import { irreversibleText, readOnlyText } from './limiting-text.ts';

const readOnly: Rule = {
  id: 'description/read-only',
  says: 'Read',
  because: 'whatever else it says, that limits it to reading',
  find: ({ description }) => {
    const quote = readOnlyText(description);
    return quote === null ? [] : [{ field: 'description', quote, weight: 2.5 }];
  },
  examples: {
    fires: [
      { name: 'query', description: 'Run a read-only query.' },
      { name: 'test_order', description: 'Check an order without placing it.' },
    ],
    silent: [
      { name: 'query1', description: 'Run a query.' },
      { name: 'note1', description: 'Write a note that only readers see.' },
    ],
  },
};

const irreversible: Rule = {
  id: 'description/irreversible',
  says: 'Destructive',
  because: 'what a call removes is gone for good',
  find: (view) => {
    const removes = [...view.nameActions, ...view.descriptionActions.actions].some(
      ({ class: toolClass, lemma }) => toolClass === 'Destructive' || LOSING.has(lemma),
    );
    const quote = removes ? irreversibleText(view.description) : null;
    return quote === null ? [] : [{ field: 'description', quote, weight: 1.5 }];
  },
  examples: {
    fires: [
      { name: 'remove_page', description: 'Remove a page. This cannot be undone.' },
      { name: 'clear_log', description: 'Permanently clears the log.' },
    ],
    silent: [
      { name: 'create_page', description: 'Create a page with a permanent address.' },
      { name: 'list_pages1', description: 'List permanently deleted pages.' },
    ],
  },
};
const LOSING = new Set(['remove', 'clear', 'reset', 'overwrite', 'replace', 'terminate', 'clean', 'empty']);

/** Verbs that return what they make, unless it is put somewhere. */
const PRODUCING = new Set('download export save dump record capture take fetch extract'.split(' '));
const TO_FILE =
  /\b(?:sav(?:es?|ed|ing)|writ(?:es?|ten|ing)|stor(?:es?|ed|ing)|download(?:s|ed|ing)?|export(?:s|ed|ing)?)\b[^.\n]{0,60}\b(?:to|into|in|on|as)\b[^.\n]{0,24}\b(?:disk|files?|folder|directory|local(?:ly)?|path|filesystem)\b/i;
const OPTIONAL = /\boptional(?:ly)?\b|\bcan be\b|\bif\b/i;

const savesToFile: Rule = {
  id: 'description/saves-to-file',
  says: 'Write',
  because: 'a call leaves a file behind',
  find: (view) => {
    const main = [...view.nameActions, ...view.descriptionActions.actions].slice(0, 2);
    if (!main.some(({ lemma }) => PRODUCING.has(lemma))) return [];
    const quote = TO_FILE.exec(view.description.slice(0, 600))?.[0];
    if (quote === undefined || OPTIONAL.test(quote)) return [];
    return [{ field: 'description', quote, weight: 3.2, decisive: true }];
  },
  examples: {
    fires: [
      { name: 'download_pdf', description: 'Download a document and save it to the reports folder.' },
      { name: 'export_chart', description: 'Exports the chart to a local file.' },
    ],
    silent: [
      { name: 'download_pdf1', description: 'Download a document. Returns its bytes.' },
      { name: 'read_chart', description: 'Reads a chart that was saved to disk.' },
    ],
  },
};

export const textRules: readonly Rule[] = [readOnly, irreversible, savesToFile];
