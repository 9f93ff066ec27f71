/** What opens doors: passwords, keys, tokens, environment variables, items of a vault. */
import type { ToolClass } from '../../verdict.ts';
import { endsInOneOf } from '../language/object-phrase.ts';
import type { EffectRule, Hit } from '../rule.ts';
import type { ToolView } from '../tool-view.ts';
import { asHits, NO_HITS, quoteIn, subjectHit, subjectOf, told } from './effect-hits.ts';
import { RarePattern } from './rare-pattern.ts';

const secrets: EffectRule = {
  id: 'effects/secrets',
  says: 'secrets',
  because: 'What it returns includes credentials',
  find: (view, toolClass) => (mayHandOver(view, toolClass) ? asHits(secretIn(view, toolClass)) : NO_HITS),
  examples: {
    fires: [
      { name: 'get_secret' },
      { name: 'get_connection_string' },
      { name: 'create_api_key' },
      { name: 'list_cookies' },
      { name: 'get_env_file', description: 'Returns the content of the .env file.' },
      { name: 'read_settings', description: 'Shows the lines of ~/.aws/credentials.' },
      { name: 'vault_items', description: 'Runs a command on the items of the vault, which hold passwords.' },
      { name: 'provision_login', description: 'Sets up a login and generates a secret key.' },
    ],
    silent: [
      { name: 'get_page' },
      { name: 'delete_secret' },
      { name: 'list_pages' },
      { name: 'get_public_key' },
      { name: 'list_ssh_keys', description: 'List the public SSH keys of a user.' },
      { name: 'get_password_policy' },
      { name: 'generate_password' },
      { name: 'get_settings', description: 'Gets the settings, with defaults read from a .env file.' },
      { name: 'read_template', description: 'Reads the .env.example file.' },
      { name: 'validate_api_key' },
      { name: 'list_users', description: 'Lists users. Does not return passwords.' },
      { name: 'search_vault', description: 'Searches the notes of the vault.' },
    ],
  },
};

/** A read hands over what it finds but not what it makes up, a call that makes a key hands that over, and a tool named for secrets alone does anything with them. */
function mayHandOver({ nameActions, nameWords, choices, lexicon }: ToolView, toolClass: ToolClass): boolean {
  const [main] = nameActions;
  for (const { text } of nameWords) if (lexicon.effects.unopened.has(text)) return false;
  switch (toolClass) {
    case 'Read':
      return main === undefined || !(lexicon.effects.judging.has(main.lemma) || main.lemma === 'generate');
    case 'Write':
    case 'Execute':
      return (
        main === undefined ||
        lexicon.effects.issuing.has(main.lemma) ||
        choices.some(({ class: each }) => each === 'Read')
      );
    default:
      return false;
  }
}

function secretIn(view: ToolView, toolClass: ToolClass): Hit | null {
  const isIssued = toolClass !== 'Read' && view.nameActions.length > 0;
  const named = secretNamed(view, 'secret_phrases') ?? (isIssued ? null : secretNamed(view, 'secret'));
  return named ?? secretTold(view, isIssued) ?? handedOver(view, isIssued);
}

function secretNamed(view: ToolView, group: string): Hit | null {
  const subject = subjectOf(view, group);
  if (subject === undefined) return null;
  const { lexicon, description } = view;
  const { vague_secrets: vague } = lexicon.effects;
  if (vague.has(subject.singular) && description !== '' && !SECRET_WORD.test(description)) return null;
  return subjectHit(view, subject);
}
const SECRET_WORD = /\b(?:secret|password|credential|api[ -]?key|token|variable)s?\b|\.env\b/i;

function secretTold({ descriptionActions, description, lexicon }: ToolView, isIssued: boolean): Hit | null {
  const [phrases, words] = [lexicon.objects('secret_phrases'), lexicon.objects('secret')];
  const { judging, vague_secrets: vague } = lexicon.effects;
  for (const action of descriptionActions.actions) {
    const { lemma, object } = action;
    if (judging.has(lemma) || object.includes('public')) continue;
    const isSecret =
      endsInOneOf(object, phrases) || (!isIssued && !vague.has(object.at(-1) ?? '') && endsInOneOf(object, words));
    if (isSecret) return { field: 'description', quote: quoteIn(description, action), weight: 1 };
  }
  return null;
}

export const HANDED_OVER = new RarePattern(
  /credential|secret|password|env|key|token|connection|seed phrase|mnemonic/i,
  /\b(?:display|dump|expos|generat|includ|retriev|return|reveal|show)(?:e|ed|es|ing|s)? (?:(?!(?:as|by|for|from|if|in|of|on|public|that|to|when|with)\b)([\w-]+) ){0,3}?(?:credentials|secrets?|passwords?|env(?:ironment)? ?var(?:iable)?s|(?:api|secret|private|access) keys?|access tokens?|connection strings?|seed phrases?|mnemonics?)\b|\bfrom (?:an? |the |your )?(?:credential|key|password|secrets?) (?:manager|store|vault)\b/i,
);
export const KEY_FILE = new RarePattern(
  /\.env\b|\.(?:netrc|pgpass)\b|id_(?:rsa|ed25519)\b|credentials? file|\.aws\//i,
  /\b(?:display|dump|get|load|open|parse|read|return|show)s? (?:(?!(?:as|by|for|from|if|in|on|to|when|with|without)\b)[\w-]+ ){0,5}?["'`]?[\w~/]*(?:(?<!\w)\.env\b(?!\.(?:example|sample|template)\b)|\.aws\/credentials\b|\.netrc\b|\.pgpass\b|id_(?:rsa|ed25519)\b|credentials? files?\b)/i,
);
const DENIED = /(?:not|never|without|cannot|n't) $/i;
/** A call that makes a key often tells of it late. */
const READ_CHARS = { reading: 400, issuing: 1_000 };

function handedOver(view: ToolView, isIssued: boolean): Hit | null {
  const within = isIssued ? READ_CHARS.issuing : READ_CHARS.reading;
  const hit = told(view, HANDED_OVER, within) ?? (isIssued ? null : told(view, KEY_FILE, within));
  if (hit === null) return null;
  const before = view.description.slice(0, view.description.indexOf(hit.quote));
  return DENIED.test(before) ? null : hit;
}

export const secretsRules: readonly EffectRule[] = [secrets];
