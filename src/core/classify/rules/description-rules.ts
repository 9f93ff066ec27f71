/** What the description says: the verb of its opening, read with its object, and the verbs joined to it. */
import type { ToolClass } from '../../verdict.ts';
import type { Action, Place } from '../language/action.ts';
import type { Example, Rule, RuleFamily } from '../rule.ts';
import { UNSURE, verbRules } from './verb-family.ts';

/** How much a sure verb counts by its place in the sentence. */
const DESCRIPTION_WEIGHT: Readonly<Record<Place, number>> = {
  leading: 3,
  joined: 2.6,
  nominal: 1.5,
  later: 1,
  second: 0,
  trailing: 0,
  middle: 0,
  agent: 0,
};
/** The opening says what a tool does; a later sentence is heard only when no earlier one spoke. */
const LATER_SENTENCE = 0.6;

const EXAMPLES: Readonly<Record<ToolClass, { fires: readonly Example[]; silent: readonly Example[] }>> = {
  Financial: {
    fires: [
      { name: 'x1', description: 'Place a new order.' },
      { name: 'x2', description: 'This endpoint allows users to withdraw funds.' },
      { name: 'x5', description: 'Change the status of an auto-invest plan.' },
      { name: 'x7', description: 'Realiza un pago a un proveedor.' },
      { name: 'x8', description: 'Führt eine Zahlung aus.' },
    ],
    silent: [
      { name: 'x3', description: 'Get all orders of the account.' },
      { name: 'x4', description: 'Subscribe to a webhook.' },
      { name: 'x6', description: 'Change the status of a test plan.' },
    ],
  },
  Destructive: {
    fires: [
      { name: 'x1', description: 'Permanently deletes a project.' },
      { name: 'x2', description: 'Use this tool to drop an index.' },
      { name: 'x3', description: 'Search and delete files.' },
      { name: 'x6', description: 'Obtiene y elimina todos los archivos.' },
      { name: 'x7', description: 'Permet de supprimer un fichier.' },
      { name: 'x8', description: 'Gets rid of old pages.' },
      { name: 'x9', description: 'Activer, suspendre ou supprimer un compte.' },
    ],
    silent: [
      { name: 'x4', description: 'List deleted files without deleting anything.' },
      { name: 'x5', description: 'Removes a label from an issue.' },
    ],
  },
  Execute: {
    fires: [
      { name: 'x1', description: 'Runs a shell command.' },
      { name: 'x2', description: 'A tool for deploying services.' },
    ],
    silent: [
      { name: 'x3', description: 'Returns the last runs of a job.' },
      { name: 'x4', description: 'Perform a search of the archive.' },
      { name: 'x5', description: 'Delete the logs of a user/agent/run.' },
    ],
  },
  Write: {
    fires: [
      { name: 'x1', description: 'Creates a page.' },
      { name: 'x2', description: 'Helps you update a row.' },
      { name: 'x5', description: 'Convert a text to speech and save the audio.' },
      { name: 'x6', description: 'Load a picture into a table.' },
      { name: 'x7', description: 'Convert a pull request to draft.' },
      { name: 'x8', description: 'Take a snapshot of a volume.' },
    ],
    silent: [
      { name: 'x3', description: 'Get the update history.' },
      { name: 'x4', description: 'Lists pages that were created.' },
    ],
  },
  Read: {
    fires: [
      { name: 'x1', description: 'Returns the weather.' },
      { name: 'x2', description: 'This tool retrieves a page.' },
      { name: 'x3', description: '## Purpose\nSearches the archive.' },
      { name: 'x6', description: 'Realiza una búsqueda de archivos.' },
    ],
    silent: [
      { name: 'x4', description: 'Deletes search results.' },
      { name: 'x5', description: 'Creates a list.' },
    ],
  },
  Other: {
    fires: [
      { name: 'x1', description: 'Pings the server.' },
      { name: 'x2', description: 'Extend the validity of a listen key.' },
    ],
    silent: [
      { name: 'x3', description: 'Get the ping of every host.' },
      { name: 'x4', description: 'Lists logins.' },
    ],
  },
};

/** "Search and delete files": what is joined to the head at once is another thing that the tool can do. */
function isDecisive(action: Action): boolean {
  return (action.place === 'joined' || keepsResult(action)) && action.strong;
}

/** "Convert a text and save the audio": what is left behind is half of what the tool is for, wherever the sentence says it. */
function keepsResult({ place, lemma, class: toolClass, object }: Action): boolean {
  return place === 'later' && toolClass === 'Write' && KEEPING.has(lemma) && object.length > 0;
}
const KEEPING = new Set(['save', 'write', 'persist', 'store']);

const weightOf = (action: Action) => DESCRIPTION_WEIGHT[keepsResult(action) ? 'joined' : action.place];

/** "Create or update a file": the object stands behind the last of its verbs. */
function quoteEnd(action: Action, next: Action | undefined): number {
  const shares = next?.place === 'joined' && next.class === action.class && action.phraseEnd <= action.end;
  return shares && next.start - action.end <= JOINING_CHARS ? next.phraseEnd : action.phraseEnd;
}
/** " and/or " */
const JOINING_CHARS = 8;

const SUPERLATIVE =
  /^[\s\p{P}]*(?:the )?(?:top|largest|biggest|heaviest|smallest|longest|shortest|oldest|newest|latest|most (?:recent|used|active|popular)|slowest|fastest|highest|lowest)\s+[\p{L}-]+/iu;

/** "Largest files of a folder": what is told, in place of what is done. */
export const superlative: Rule = {
  id: 'description/superlative',
  says: 'Read',
  because: 'that names what a call tells of',
  find: ({ description, descriptionActions: { actions }, nameActions }) => {
    if (actions.length > 0 || nameActions.some(({ strong }) => strong)) return [];
    const quote = SUPERLATIVE.exec(description)?.[0];
    return quote === undefined ? [] : [{ field: 'description', quote, weight: 1.5 }];
  },
  examples: {
    fires: [
      { name: 'top_shelves', description: 'Heaviest shelves of a room.' },
      { name: 'x9', description: 'The most recent visitors, by day.' },
    ],
    silent: [
      { name: 'x10', description: 'Deletes the oldest file.' },
      { name: 'delete_x', description: 'Oldest file first.' },
    ],
  },
};

/** The verbs of the first sentence that has any. */
export const descriptionVerbs: RuleFamily = {
  rules: verbRules('description', (toolClass) => EXAMPLES[toolClass]),
  find: ({ description, descriptionActions: { actions, isLate }, lexicon }) =>
    actions.map((action, at) => ({
      says: action.class,
      field: 'description',
      quote: description.slice(action.start, quoteEnd(action, actions[at + 1])),
      weight: weightOf(action) * (action.strong ? 1 : UNSURE) * (isLate ? LATER_SENTENCE : 1),
      decisive: isDecisive(action),
      plain: action.strong && !isLate && lexicon.plain.has(action.lemma),
    })),
};
