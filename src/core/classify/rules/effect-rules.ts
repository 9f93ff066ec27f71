/** Effects beside the class: who gets access, what leaves, what comes back and whose it is. */
import { CLASS_TABLE, type ToolClass } from '../../verdict.ts';
import type { Action } from '../action.ts';
import { endsInOneOf } from '../object-phrase.ts';
import { pathOf } from '../parameters.ts';
import type { EffectRule, Hit } from '../rule.ts';
import type { ToolView } from '../tool-view.ts';

const isWrite = (toolClass: ToolClass) => CLASS_TABLE[toolClass].category === 'Write';
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

/** The first of the name's own words, or of two in a row, that stands in a group. */
function nameAbout({ subjects, tool, lexicon }: ToolView, group: string): Hit | null {
  const set = lexicon.objects(group);
  const subject = subjects.find(({ text, singular }) => set.has(text) || set.has(singular));
  if (subject === undefined) return null;
  return { field: 'name', quote: tool.name.slice(subject.start, subject.end), weight: 1 };
}

/** The first action of the description whose object stands in a group. */
function textAbout({ descriptionActions, description, lexicon }: ToolView, group: string): Hit | null {
  const set = lexicon.objects(group);
  const about = descriptionActions.actions.find(
    ({ object }) => object.some((word) => set.has(word)) || endsInOneOf(object, set),
  );
  return about === undefined ? null : { field: 'description', quote: quoteIn(description, about), weight: 1 };
}

/** One quote is enough for an effect. */
const asHits = (hit: Hit | null): readonly Hit[] => (hit === null ? NONE : [hit]);
const NONE: readonly Hit[] = [];

const access: EffectRule = {
  id: 'effects/access',
  says: 'access',
  because: 'it changes who may do what',
  find: (view, toolClass) => {
    if (!isWrite(toolClass)) return [];
    const { objects, effects } = view.lexicon;
    const isAccess = (object: readonly string[]) =>
      endsInOneOf(object, objects('access')) || endsInOneOf(object, objects('access_phrases'));
    const granted = ({ lemma, object, target }: Action) =>
      lemma === 'share' || (effects.granting.has(lemma) && !effects.work_items.has(target ?? '') && isAccess(object));
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
    // A message put into a queue is data for a program.
    if (nameAbout(view, 'queue') !== null) return NONE;
    const { objects, effects } = view.lexicon;
    const sent = ({ lemma, object, target }: Action) =>
      effects.delivering.has(lemma)
        ? !effects.undelivered.has(object.at(-1) ?? '') && !effects.undelivered.has(target ?? '')
        : effects.writing.has(lemma) && endsInOneOf(object, objects('message'));
    return actionsThat(view, sent);
  },
  examples: {
    fires: [{ name: 'send_email' }, { name: 'post_tweet' }, { name: 'add_comment' }, { name: 'reply_to_thread' }],
    silent: [{ name: 'list_messages' }, { name: 'delete_message' }, { name: 'create_page' }],
  },
};

const secrets: EffectRule = {
  id: 'effects/secrets',
  says: 'secrets',
  because: 'it returns credentials',
  find: (view, toolClass) => {
    const creates = view.nameActions.some(
      ({ lemma }) => lemma === 'create' || lemma === 'rotate' || lemma === 'generate',
    );
    if (toolClass !== 'Read' && !(toolClass === 'Write' && creates)) return [];
    const phrase = nameAbout(view, 'secret_phrases') ?? textAbout(view, 'secret_phrases');
    if (phrase !== null || toolClass === 'Write') return asHits(phrase);
    return asHits(nameAbout(view, 'secret') ?? textAbout(view, 'secret'));
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
  find: (view, toolClass) => {
    if (toolClass !== 'Read') return [];
    return asHits(
      nameAbout(view, 'stranger') ??
        nameAbout(view, 'stranger_phrases') ??
        textAbout(view, 'stranger') ??
        addressOf(view),
    );
  },
  examples: {
    fires: [{ name: 'search_web' }, { name: 'list_issues' }, { name: 'get_comments' }],
    silent: [{ name: 'get_balance' }, { name: 'create_issue' }, { name: 'add_comment' }],
  },
};

/** A read of an address that the caller gives returns what stands there. */
function addressOf({ parameters, lexicon }: ToolView): Hit | null {
  const addresses = lexicon.parameters('address');
  const address = parameters.find(({ key, isTop }) => isTop && addresses.has(key));
  return address === undefined ? null : { field: pathOf(address), quote: address.name, weight: 1 };
}

const privateData: EffectRule = {
  id: 'effects/private',
  says: 'private',
  because: 'it returns data of the user or the organisation',
  // What a read returns belongs to somebody unless something says that everybody may know it.
  find: (view, toolClass) => {
    if (toolClass !== 'Read' || isPublic(view)) return [];
    return asHits(nameAbout(view, 'own') ?? textAbout(view, 'own') ?? whatIsRead(view));
  },
  examples: {
    fires: [{ name: 'read_file' }, { name: 'list_customers' }, { name: 'get_account' }, { name: 'get_frob' }],
    silent: [{ name: 'get_weather' }, { name: 'search_docs' }, { name: 'delete_file' }, { name: 'convert_units' }],
  },
};

function whatIsRead({ nameActions, descriptionActions, tool, description }: ToolView): Hit | null {
  const [named] = nameActions;
  if (named !== undefined) return { field: 'name', quote: quoteIn(tool.name, named), weight: 1 };
  const [told] = descriptionActions.actions;
  return told === undefined ? null : { field: 'description', quote: quoteIn(description, told), weight: 1 };
}

function isPublic({ nameWords, ownFrom, nameActions, descriptionActions, description, lexicon }: ToolView): boolean {
  const { computing, public: known } = lexicon.effects;
  return (
    nameWords.some(({ text }, at) => at >= ownFrom && known.has(text)) ||
    nameActions.some(({ lemma }) => computing.has(lemma)) ||
    descriptionActions.actions.some(({ lemma }) => computing.has(lemma)) ||
    /\bpublic(?:ly)?\b|\bmarket data\b|\bdocumentation\b/i.test(description.slice(0, 200))
  );
}

export const effectRules: readonly EffectRule[] = [access, send, secrets, untrusted, privateData];
