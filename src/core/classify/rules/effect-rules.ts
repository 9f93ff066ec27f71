/** Effects beside the class: who gets access, what leaves, what comes back and whose it is. */
import { CLASS_TABLE, type ToolClass } from '../../verdict.ts';
import type { Action } from '../action.ts';
import { endsInOneOf } from '../object-phrase.ts';
import type { EffectRule, Hit } from '../rule.ts';
import type { ToolView } from '../tool-view.ts';

const isWrite = (toolClass: ToolClass) => CLASS_TABLE[toolClass].category === 'Write';
const words = (text: string) => new Set(text.split(' '));

const GRANTING = words(
  'create add update set edit delete remove grant revoke assign unassign invite rotate enable disable change modify share unshare register ban unban promote demote approve provision generate put attach detach block unblock kick suspend deactivate activate reset upsert manage',
);
/** Who works on one of these is no question of access. */
const WORK_ITEMS = words('card task issue ticket event checklist story case lead deal');
const SENDING = words(
  'send reply tweet notify email broadcast announce dm sms alert remind publish post comment forward crosspost retweet nudge repost',
);
const WRITING_TO_PEOPLE = words('create add write submit make upload');

/** Hits for the actions that `fits` picks, quoted with their object. */
function actionsThat(view: ToolView, fits: (action: Action) => boolean): Hit[] {
  const inName = view.nameActions
    .filter(fits)
    .map((action) => ({ field: 'name', quote: quoteIn(view.tool.name, action), weight: 1 }));
  const inText = view.descriptionActions.actions
    .filter(fits)
    .map((action) => ({ field: 'description', quote: quoteIn(view.description, action), weight: 1 }));
  return [...inName, ...inText].slice(0, 2);
}

/** The verb with its object. */
const quoteIn = (text: string, { start, end, phraseEnd }: Action) => text.slice(start, Math.max(end, phraseEnd));

/** What the name is about: the first of its own words, or of two in a row, that stands in a group. */
function nameIsAbout({ subjects, tool, lexicon }: ToolView, group: string): Hit[] {
  const set = lexicon.objects(group);
  const subject = subjects.find(({ text, singular }) => set.has(text) || set.has(singular));
  return subject === undefined
    ? []
    : [{ field: 'name', quote: tool.name.slice(subject.start, subject.end), weight: 1 }];
}

function objectIsAbout(view: ToolView, group: string): Hit[] {
  const set = view.lexicon.objects(group);
  const about = view.descriptionActions.actions.find(
    ({ object }) => object.some((word) => set.has(word)) || endsInOneOf(object, set),
  );
  return about === undefined ? [] : [{ field: 'description', quote: quoteIn(view.description, about), weight: 1 }];
}

const access: EffectRule = {
  id: 'effects/access',
  says: 'access',
  because: 'it changes who may do what',
  find: (view, toolClass) => {
    if (!isWrite(toolClass)) return [];
    const { objects } = view.lexicon;
    const granted = ({ lemma, object, target }: Action) =>
      GRANTING.has(lemma) &&
      !WORK_ITEMS.has(target ?? '') &&
      (endsInOneOf(object, objects('access')) || endsInOneOf(object, objects('access_phrases')));
    return actionsThat(view, granted);
  },
  examples: {
    fires: [
      { name: 'create_api_key' },
      { name: 'add_role' },
      { name: 'x', description: 'Invites a new member to the team.' },
    ],
    silent: [{ name: 'list_roles' }, { name: 'create_page' }, { name: 'get_api_key' }],
  },
};

const send: EffectRule = {
  id: 'effects/send',
  says: 'send',
  because: 'it delivers content to others',
  find: (view, toolClass) => {
    if (!isWrite(toolClass) || toolClass === 'Destructive') return [];
    const message = view.lexicon.objects('message');
    // A message put into a queue is data for a program.
    if (nameIsAbout(view, 'queue').length > 0) return [];
    const sent = ({ lemma, object }: Action) =>
      endsInOneOf(object, message) ? SENDING.has(lemma) || WRITING_TO_PEOPLE.has(lemma) : PUBLISHING.has(lemma);
    return actionsThat(view, sent);
  },
  examples: {
    fires: [{ name: 'send_email' }, { name: 'post_tweet' }, { name: 'add_comment' }, { name: 'reply_to_thread' }],
    silent: [{ name: 'list_messages' }, { name: 'delete_message' }, { name: 'create_page' }],
  },
};
const PUBLISHING = words('reply tweet email dm sms comment crosspost retweet notify broadcast announce');

const secrets: EffectRule = {
  id: 'effects/secrets',
  says: 'secrets',
  because: 'it returns credentials',
  find: (view, toolClass) => {
    const creates = view.nameActions.some(
      ({ lemma }) => lemma === 'create' || lemma === 'rotate' || lemma === 'generate',
    );
    if (toolClass !== 'Read' && !(toolClass === 'Write' && creates)) return [];
    const phrases = [...nameIsAbout(view, 'secret_phrases'), ...objectIsAbout(view, 'secret_phrases')];
    if (toolClass === 'Write') return phrases;
    return [...phrases, ...nameIsAbout(view, 'secret'), ...objectIsAbout(view, 'secret')];
  },
  examples: {
    fires: [{ name: 'get_secret' }, { name: 'get_connection_string' }, { name: 'create_api_key' }],
    silent: [{ name: 'get_page' }, { name: 'delete_secret' }, { name: 'list_pages' }],
  },
};

const untrusted: EffectRule = {
  id: 'effects/untrusted',
  says: 'untrusted',
  because: 'it returns what strangers can write',
  find: (view, toolClass) =>
    toolClass === 'Read'
      ? [...nameIsAbout(view, 'stranger'), ...nameIsAbout(view, 'stranger_phrases'), ...objectIsAbout(view, 'stranger')]
      : [],
  examples: {
    fires: [{ name: 'search_web' }, { name: 'list_issues' }, { name: 'get_comments' }],
    silent: [{ name: 'get_balance' }, { name: 'create_issue' }, { name: 'add_comment' }],
  },
};

const privateData: EffectRule = {
  id: 'effects/private',
  says: 'private',
  because: 'it returns data of the user or the organisation',
  find: (view, toolClass) =>
    toolClass === 'Read' && !isPublic(view) ? [...nameIsAbout(view, 'own'), ...objectIsAbout(view, 'own')] : [],
  examples: {
    fires: [{ name: 'read_file' }, { name: 'list_customers' }, { name: 'get_account' }],
    silent: [{ name: 'get_weather' }, { name: 'search_docs' }, { name: 'delete_file' }],
  },
};

function isPublic({ nameWords, description }: ToolView): boolean {
  return (
    nameWords.some(({ text }) => PUBLIC.has(text)) ||
    /\bpublic(?:ly)?\b|\bmarket data\b|\bdocumentation\b/i.test(description.slice(0, 200))
  );
}
const PUBLIC = words(
  'docs doc documentation public market ticker price weather book kline klines depth best practices web webpage google bing',
);

export const effectRules: readonly EffectRule[] = [access, send, secrets, untrusted, privateData];
