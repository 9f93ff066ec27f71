/** What the rest of the description says: limits to reading, warnings, files it writes. */
import type { Rule } from '../rule.ts';
import { irreversibleText, lossWarning, readOnlyText } from './limiting-text.ts';
import { RarePattern } from './rare-pattern.ts';

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
      { name: 'query2', description: 'Run a query, limited to SELECT.' },
    ],
    silent: [
      { name: 'query1', description: 'Run a query.' },
      { name: 'note1', description: 'Write a note that only readers see.' },
      { name: 'view_log', description: 'Shows a log. Use "head" to read only the first lines.' },
      { name: 'write_list', description: 'Writes a list. Dry-run by default; honors --dry-run.' },
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

/** What only adds something loses nothing, however final it is. */
const ADDING = new Set(['create', 'add', 'insert', 'append']);

const warnsOfLoss: Rule = {
  id: 'description/loss-warning',
  says: 'Destructive',
  because: 'its own description warns that what a call overwrites is lost',
  find: ({ nameActions, descriptionActions, description, lexicon }) => {
    const main = nameActions[0] ?? descriptionActions.actions[0];
    if (main?.class !== 'Write' || ADDING.has(main.lemma) || lexicon.effects.delivering.has(main.lemma)) return [];
    const quote = lossWarning(description);
    return quote === null ? [] : [{ field: 'description', quote, weight: 3, decisive: true }];
  },
  examples: {
    fires: [
      {
        name: 'restore_backup',
        description: 'Restore a backup. DESTRUCTIVE OPERATION: the current state is replaced.',
      },
      { name: 'update_zone', description: 'Replace all records of a zone. This cannot be undone.' },
    ],
    silent: [
      { name: 'update_page', description: 'Update a page. This is not a destructive operation: no data will be lost.' },
      { name: 'list_steps', description: 'List the steps that cannot be undone.' },
      { name: 'send_letter', description: 'Send a letter. This cannot be undone.' },
      { name: 'update_label', description: 'Update a label such as "irreversible".' },
    ],
  },
};

const FINDING =
  /\bcreat(?:es?|ing) (?:it|one|them) (?:if|when) (?:absent|missing|needed|necessary|not found|none exists?|(?:it|one|they) (?:does not|do not|doesn't|don't|is not|isn't|is missing))|(?<!\b(?:that|which|who|you|they|users?) )\b(?:finds|gets|fetches|retrieves|looks up) or creates\b/i;

const CREATING = /\bor creates\b|\bcreat(?:es?|ing) (?:it|one|them)\b/i;

const createsMissing: Rule = {
  id: 'description/creates-missing',
  says: 'Write',
  because: 'what a call does not find it creates',
  find: ({ description }) => {
    const quote = CREATING.test(description) ? FINDING.exec(description)?.[0] : undefined;
    return quote === undefined ? [] : [{ field: 'description', quote, weight: 3, decisive: true }];
  },
  examples: {
    fires: [
      { name: 'list_labels', description: 'List the labels of a page. This first finds or creates the page.' },
      { name: 'label', description: 'Gets or creates a label.' },
      { name: 'open_diary', description: "Opens today's page, creating it if absent." },
    ],
    silent: [
      { name: 'list_finds', description: 'List the pages that a user finds or creates.' },
      { name: 'find_page', description: 'Finds a page. Creates nothing.' },
      { name: 'get_page', description: 'Gets a page. Create it if you need one.' },
    ],
  },
};

/** Verbs that return what they make, unless it is put somewhere. */
const PRODUCING = new Set('download export save dump record capture take fetch extract'.split(' '));
export const TO_FILE = new RarePattern(
  /local|path|disk|file|folder|directory/i,
  /\b(?:(?:sav|stor|download|writ)(?:e?s?|ed|ing|ten))\b[^.\n]{0,60}\blocally\b|\b(?:get|return|give)s?\b[^.\n]{0,20}\b(?:local|saved) (?:file )?path\b|\b(?:sav(?:es?|ed|ing)|writ(?:es?|ten|ing)|stor(?:es?|ed|ing)|download(?:s|ed|ing)?|export(?:s|ed|ing)?)\b[^.\n]{0,60}\b(?:to|into|in|on|as)\b[^.\n]{0,24}\b(?:disk|files?|folder|directory|local(?:ly)?|path|filesystem)\b/i,
);
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
      { name: 'download_page', description: 'Downloads a page. Stores it locally.' },
      { name: 'download_song', description: 'Download a song and get the local path.' },
    ],
    silent: [
      { name: 'download_pdf1', description: 'Download a document. Returns its bytes.' },
      { name: 'read_chart', description: 'Reads a chart that was saved to disk.' },
    ],
  },
};

export const textRules: readonly Rule[] = [readOnly, irreversible, warnsOfLoss, createsMissing, savesToFile];
