/** Who may do what: users, roles, permissions, keys, firewall rules, sharing. */
import { CLASS_TABLE } from '../../verdict.ts';
import type { Action } from '../language/action.ts';
import { singular } from '../language/inflection.ts';
import { endsInOneOf } from '../language/object-phrase.ts';
import { splitName } from '../language/split-words.ts';
import { pathOf } from '../parameters.ts';
import type { EffectRule, Hit } from '../rule.ts';
import type { ToolView } from '../tool-view.ts';
import { actionsThat, asHits, told } from './effect-hits.ts';
import { RarePattern } from './rare-pattern.ts';

const access: EffectRule = {
  id: 'effects/access',
  says: 'access',
  because: 'It decides who may do what',
  find: (view, toolClass) => {
    if (CLASS_TABLE[toolClass].category !== 'Write') return [];
    const { granting, work_items: workItems } = view.lexicon.effects;
    const granted = ({ lemma, object, target }: Action) =>
      lemma === 'share' ||
      lemma === 'unshare' ||
      lemma === 'revoke' ||
      (granting.has(lemma) && !workItems.has(target ?? '') && isAccess(view, object));
    const hits = actionsThat(view, granted);
    return hits.length > 0
      ? hits
      : asHits(madePublic(view) ?? chosenAccess(view) ?? kindOfAccess(view) ?? listedAccess(view));
  },
  examples: {
    fires: [
      { name: 'create_api_key' },
      { name: 'add_role' },
      { name: 'x', description: 'Invites a new member to the team.' },
      { name: 'site', inputSchema: { properties: { action: { enum: ['rename', 'update-access-controls'] } } } },
      { name: 'create_object', inputSchema: { properties: { object_type: { enum: ['table', 'role'] } } } },
      {
        name: 'database',
        description: 'Runs a command. Includes operations for listing servers and managing firewall rules.',
        inputSchema: { properties: { command: { type: 'string' } } },
      },
      { name: 'set_page_restrictions' },
      { name: 'make_file_public' },
    ],
    silent: [
      { name: 'list_roles' },
      { name: 'create_page' },
      { name: 'get_api_key' },
      { name: 'assign_member_to_card', description: 'Assign a member to a card.' },
      { name: 'database1', description: 'Runs a command. Lists firewall rules.' },
      { name: 'update_user_story' },
    ],
  },
};

function isAccess({ lexicon }: ToolView, object: readonly string[]): boolean {
  return endsInOneOf(object, lexicon.objects('access')) || endsInOneOf(object, lexicon.objects('access_phrases'));
}

/** `make_file_public`. */
function madePublic({ nameActions, nameWords, tool }: ToolView): Hit | null {
  const last = nameWords.at(-1);
  if (last === undefined || !VISIBLE.has(last.text) || !nameActions.some(({ lemma }) => MAKING.has(lemma))) return null;
  return { field: 'name', quote: tool.name.slice(last.start, last.end), weight: 1 };
}
const VISIBLE = new Set(['public', 'private']);
const MAKING = new Set(['make', 'set', 'change']);

/** One of the actions that a parameter offers: `update-access-controls`. */
function chosenAccess(view: ToolView): Hit | null {
  for (const { value, field, class: toolClass } of view.choices) {
    if (CLASS_TABLE[toolClass].category !== 'Write') continue;
    const [verb, ...object] = splitName(value, view.lexicon.pairs);
    if (verb === undefined || !view.lexicon.effects.granting.has(verb.text)) continue;
    const words = object.map(({ text }) => singular(text));
    if (isAccess(view, words)) return { field, quote: value, weight: 1 };
  }
  return null;
}

/** A tool that creates or drops any kind of thing, a role among them. */
function kindOfAccess(view: ToolView): Hit | null {
  const { lexicon, nameActions, parameters } = view;
  if (!nameActions.some(({ lemma }) => lexicon.effects.granting.has(lemma))) return null;
  const kinds = lexicon.parameters('kind');
  for (const parameter of parameters) {
    if (!kinds.has(parameter.key)) continue;
    const kind = parameter.values.find(({ value }) => lexicon.objects('access').has(value.toLowerCase()));
    if (kind !== undefined) return { field: `${pathOf(parameter)}.${kind.keyword}`, quote: kind.value, weight: 1 };
  }
  return null;
}

export const MANAGED = new RarePattern(
  /permission|privilege|role|access|firewall|key|administrator|collaborator|account|member|security group/i,
  /\b(?:add|assign|chang|configur|creat|delet|grant|invit|manag|modif|remov|revok|rotat|updat)(?:e|es|ing|s|y|ies|ying)? (?:(?!(?:as|by|for|from|in|of|on|to|with)\b)([\w-]+) ){0,3}?(?:permissions?|privileges?|roles?|role assignments?|access (?:controls?|keys?|polic(?:y|ies)|rights|tokens?)|firewall rules?|api[ -]keys?|administrators?|collaborators?|service accounts?|team members?|security groups?|user accounts?)\b/i,
);
const OVERVIEW_CHARS = 600;

/** A tool named for a thing has its actions in the text. */
function listedAccess(view: ToolView): Hit | null {
  return view.nameActions.length > 0 ? null : told(view, MANAGED, OVERVIEW_CHARS);
}

export const accessRules: readonly EffectRule[] = [access];
