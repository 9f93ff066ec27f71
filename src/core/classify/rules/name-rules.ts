/** What the name and the title say: their main verb, read with its object, and the verbs joined to it. */
import { CLASS_TABLE, type ToolClass } from '../../verdict.ts';
import type { Action, Place } from '../language/action.ts';
import type { Lexicon } from '../language/lexicon.ts';
import type { Word } from '../language/split-words.ts';
import type { Example, Rule, RuleFamily } from '../rule.ts';
import { titleOf } from '../tool-view.ts';
import { UNSURE, verbRules } from './verb-family.ts';

/** How much a sure verb counts by its place in a name. */
const NAME_WEIGHT: Readonly<Record<Place, number>> = {
  leading: 3,
  second: 2.5,
  trailing: 2.4,
  middle: 1.5,
  agent: 2.4,
  nominal: 1,
  joined: 3,
  later: 0,
};

const EXAMPLES: Readonly<Record<ToolClass, { fires: readonly Example[]; silent: readonly Example[] }>> = {
  Financial: {
    fires: [{ name: 'pay_bill' }, { name: 'createPayment' }, { name: 'cancel-order' }, { name: 'NewOrder' }],
    silent: [{ name: 'get_payment' }, { name: 'create_order_note' }, { name: 'list_orders' }],
  },
  Destructive: {
    fires: [
      { name: 'delete_file' },
      { name: 'dropTable' },
      { name: 'bucket-delete' },
      { name: 'get_and_delete_row' },
      { name: 'de-lete' },
      { name: 'de1ete_file' },
      { name: 'get_rid_of_page' },
    ],
    silent: [
      { name: 'list_deleted_files' },
      { name: 'dropdown_options' },
      { name: 'remove_user_from_group' },
      { name: 'remove_users', description: 'Remove users from a group.' },
    ],
  },
  Execute: {
    fires: [
      { name: 'run_command' },
      { name: 'deployService' },
      { name: 'browser.click' },
      { name: 'power-cycle-host' },
      { name: 'open_terminal' },
      { name: 'exit_process' },
      { name: 'page_evaluate', description: 'Evaluate a script on the page.' },
    ],
    silent: [{ name: 'list_runs' }, { name: 'get_deployment' }],
  },
  Write: {
    fires: [
      { name: 'create_page' },
      { name: 'updateRow' },
      { name: 'route_create' },
      { name: 'create_or_update_file' },
      { name: 'update_connection' },
      { name: 'resize_volume' },
      { name: 'snapshot_volume' },
      { name: 'unapprove_page' },
    ],
    silent: [{ name: 'get_update' }, { name: 'list_created_pages' }, { name: 'created_pages' }],
  },
  Read: {
    fires: [
      { name: 'get_file' },
      { name: 'listUsers' },
      { name: 'queue_list' },
      { name: 'dry_run_deploy' },
      { name: 'generate_password' },
      { name: 'user-services-reader' },
      { name: 'deploy-services-reader', inputSchema: { properties: { operation: { enum: ['get-deploy'] } } } },
    ],
    silent: [
      { name: 'create_list' },
      { name: 'delete_search' },
      { name: 'deploy-services-reader1', inputSchema: { properties: { operation: { enum: ['get', 'deploy'] } } } },
    ],
  },
  Other: {
    fires: [{ name: 'ping' }, { name: 'keep_alive' }, { name: 'switch_project' }, { name: 'resize_window' }],
    silent: [{ name: 'get_ping_statistics' }, { name: 'list_logins' }],
  },
};

/** A sure verb where a name has its verb, or joined to it: no text can talk that down. */
function isDecisive({ place, strong }: Action): boolean {
  return strong && place !== 'middle' && place !== 'nominal';
}

/** "create" alone moves no money, "create_refund" does: where the object decided it is quoted too. */
function quoteEnd({ lemma, class: toolClass, end, phraseEnd }: Action, { verbs }: Lexicon): number {
  return verbs.get(lemma)?.class === toolClass ? end : Math.max(end, phraseEnd);
}

/** The verbs of the name. */
export const nameVerbs: RuleFamily = {
  rules: verbRules('name', (toolClass) => EXAMPLES[toolClass]),
  find: ({ nameActions, tool, lexicon }) =>
    nameActions.map((action) => ({
      says: action.class,
      field: 'name',
      quote: tool.name.slice(action.start, quoteEnd(action, lexicon)),
      weight: NAME_WEIGHT[action.place] * (action.strong ? 1 : UNSURE),
      decisive: isDecisive(action),
      plain: action.strong && lexicon.plain.has(action.lemma),
    })),
};

/** A title repeats the name at best, so it counts little, and least where it sounds harmless. */
const TITLE_WEIGHT = { changing: 1.3, harmless: 1.1 };

const TITLES: Readonly<Record<ToolClass, readonly [string, string]>> = {
  Financial: ['Pay Bill', 'Cancel Order'],
  Destructive: ['Delete Page', 'Drop Table'],
  Execute: ['Run Command', 'Deploy Service'],
  Write: ['Create Page', 'Update Row'],
  Read: ['Get Page', 'List Rows'],
  Other: ['Ping', 'Log In'],
};

/** The verbs of the title. */
export const titleVerbs: RuleFamily = {
  rules: verbRules('title', (toolClass) => ({
    fires: TITLES[toolClass].map((title, at) => ({ name: `x${at}`, title })),
    silent: [
      { name: 'x2', title: 'Frobnicate' },
      { name: 'x3', description: TITLES[toolClass][0] },
    ],
  })),
  find: ({ titleActions, tool }) =>
    titleActions.map((action) => ({
      says: action.class,
      field: tool.title === undefined ? 'annotations.title' : 'title',
      quote: (titleOf(tool) ?? '').slice(action.start, action.end),
      weight:
        (CLASS_TABLE[action.class].category === 'Write' ? TITLE_WEIGHT.changing : TITLE_WEIGHT.harmless) *
        (action.strong ? 1 : UNSURE),
      decisive: isLoss(action),
    })),
};

/** A title is what people see: one that says outright that something is lost or paid is believed whatever the name says. */
function isLoss({ place, strong, class: toolClass }: Action): boolean {
  return strong && place === 'leading' && CLASS_TABLE[toolClass].risk === 'critical';
}

const readingNoun: Rule = {
  id: 'name/reading-noun',
  says: 'Read',
  because: 'that is the name of something to be read',
  find: ({ nameWords, ownFrom, nameActions, lexicon, tool }) => {
    const isNoun = (word: Word | undefined) => word !== undefined && lexicon.readingNouns.has(word.text);
    const last = nameWords.at(-1);
    const noun = isNoun(last) ? last : isNoun(nameWords[ownFrom]) ? nameWords[ownFrom] : undefined;
    if (noun === undefined || nameActions.some(({ strong }) => strong)) return [];
    return [{ field: 'name', quote: tool.name.slice(noun.start, noun.end), weight: 1.2 }];
  },
  examples: {
    fires: [{ name: 'account_info' }, { name: 'server-status' }, { name: 'orderBook' }],
    silent: [{ name: 'update_status' }, { name: 'send_report_card' }],
  },
};

export const nameRules: readonly Rule[] = [readingNoun];
