/** What leaves: mail, messages, comments, posts, requests to any address. */
import { CLASS_TABLE } from '../../verdict.ts';
import type { Action } from '../language/action.ts';
import { endsInOneOf } from '../language/object-phrase.ts';
import { pathOf } from '../parameters.ts';
import type { EffectRule, Hit } from '../rule.ts';
import type { ToolView } from '../tool-view.ts';
import { actionsThat, asHits, NO_HITS, told } from './effect-hits.ts';
import { RarePattern } from './rare-pattern.ts';

const send: EffectRule = {
  id: 'effects/send',
  says: 'send',
  because: 'What it is given leaves for others to see',
  find: (view, toolClass) => {
    if (CLASS_TABLE[toolClass].category !== 'Write' || isForPrograms(view)) return NO_HITS;
    const { objects, effects } = view.lexicon;
    const messages = objects('message');
    const isContent = (noun: string) => !effects.undelivered.has(noun);
    const isDraft = (word: string) => effects.own_content.has(word);
    const sent = ({ lemma, object, target }: Action) =>
      (effects.delivering.has(lemma) && isContent(object.at(-1) ?? '') && isContent(target ?? '')) ||
      (effects.writing.has(lemma) && endsInOneOf(object, messages) && !object.some(isDraft));
    const hits = actionsThat(view, sent);
    if (hits.length > 0) return hits;
    if (toolClass === 'Financial') return NO_HITS;
    return asHits(recipientsOf(view) ?? requestTo(view) ?? (toolClass === 'Destructive' ? null : toldToSend(view)));
  },
  examples: {
    fires: [
      { name: 'send_email' },
      { name: 'post_tweet' },
      { name: 'add_comment' },
      { name: 'reply_to_thread' },
      { name: 'create_event', inputSchema: { properties: { attendees: { type: 'array' } } } },
      { name: 'http_post', inputSchema: { properties: { url: { type: 'string' }, body: { type: 'string' } } } },
      { name: 'create_note', description: 'Create a new note (comment) to an issue.' },
      { name: 'messaging', description: 'Runs a command. Supports sending SMS.' },
      { name: 'create_pull_request' },
      { name: 'call_hook', description: 'POST a payload to any URL.' },
    ],
    silent: [
      { name: 'list_messages' },
      { name: 'delete_message' },
      { name: 'create_page' },
      { name: 'create_note1', description: 'Create a note.' },
      { name: 'send_message', description: 'Send a message to a queue.' },
      { name: 'new_order', description: 'Send a new order.' },
      { name: 'write_draft_email', description: 'Create draft emails.' },
      { name: 'draft_email', inputSchema: { properties: { cc: { type: 'array' } } } },
    ],
  },
};

/** A message put into a queue is data for a program. */
function isForPrograms({ nameWords, descriptionActions, lexicon }: ToolView): boolean {
  const queues = lexicon.objects('queue');
  for (const { text } of nameWords) if (queues.has(text)) return true;
  for (const { target } of descriptionActions.actions) if (target !== null && queues.has(target)) return true;
  return false;
}

/** Whoever is named there hears of it: attendees get an invitation. */
function recipientsOf({ parameters, nameWords, lexicon }: ToolView): Hit | null {
  if (nameWords.some(({ text }) => lexicon.effects.own_content.has(text))) return null;
  const recipients = lexicon.parameters('recipients');
  const found = parameters.find(({ key, isTop }) => isTop && recipients.has(key));
  return found === undefined ? null : { field: pathOf(found), quote: found.name, weight: 1 };
}

/** A request with a body to an address that the caller gives; beside a path it is one of the server's own. */
function requestTo({ parameters, lexicon }: ToolView): Hit | null {
  const [addresses, methods] = [lexicon.parameters('address'), lexicon.parameters('method')];
  const address = parameters.find(({ key, isTop }) => isTop && addresses.has(key));
  if (address === undefined || parameters.some(({ key }) => key === 'path')) return null;
  if (!parameters.some(({ key }) => BODIES.has(key) || methods.has(key))) return null;
  return { field: pathOf(address), quote: address.name, weight: 1 };
}
const BODIES = new Set(['body', 'payload', 'json_body']);

export const SENDING = new RarePattern(
  /send/i,
  /\bsend(?:s|ing)? (?:(?!(?:as|by|for|from|in|of|on|to|with)\b)([\w-]+) ){0,3}?(?:sms|e?mails?|(?:text )?messages?|notifications?|faxes)/i,
);
export const SENDS_ASIDE = new RarePattern(
  /\((?:comment|message|repl)|POST/i,
  /\((?:comments?|messages?|reply|replies)\)|\bPOST(?:s|ing)? (?:(?!to\b)([\w-]+) ){1,3}to (?:an? |any |the )?(?:[\w-]+ )?(?:URL|webhook)\b/i,
);
const OVERVIEW_CHARS = 400;

/** A tool named for a thing has its actions in the text; of others it is told in passing. */
function toldToSend(view: ToolView): Hit | null {
  const pattern = view.nameActions.length === 0 ? SENDING : SENDS_ASIDE;
  return told(view, pattern, OVERVIEW_CHARS);
}

export const sendRules: readonly EffectRule[] = [send];
