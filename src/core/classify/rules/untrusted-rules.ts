/** What comes back from strangers: pages, search results, mail, issues, comments, messages. */
import { pathOf } from '../parameters.ts';
import type { EffectRule, Hit } from '../rule.ts';
import type { ToolView } from '../tool-view.ts';
import { asHits, NO_HITS, subjectHit, textAbout, told } from './effect-hits.ts';

const untrusted: EffectRule = {
  id: 'effects/untrusted',
  says: 'untrusted',
  because: 'Strangers may have written what it returns',
  find: (view, toolClass) => {
    if (toolClass === 'Execute') return asHits(webAgent(view) ?? told(view, WARNS, READ_CHARS));
    if (toolClass !== 'Read' || isMadeHere(view)) return NO_HITS;
    return asHits(
      strangersNamed(view) ?? textAbout(view, 'stranger') ?? addressOf(view) ?? told(view, FROM_THE_WEB, READ_CHARS),
    );
  },
  examples: {
    fires: [
      { name: 'search_web' },
      { name: 'list_issues' },
      { name: 'get_comments' },
      { name: 'lookup', description: 'Finds people. Best for a quick web search.' },
      { name: 'browser_agent', description: 'Runs an agent that carries out tasks in a web browser.' },
      { name: 'take_snapshot', description: 'Take a snapshot of the current page.' },
    ],
    silent: [
      { name: 'get_balance' },
      { name: 'create_issue' },
      { name: 'add_comment' },
      { name: 'list_email_labels' },
      { name: 'list_snapshots', description: 'Lists the snapshots of a volume.' },
      { name: 'get_sent_email' },
      { name: 'simulate_conversation' },
      { name: 'list_rows', inputSchema: { properties: { url: { type: 'string' } } } },
    ],
  },
};

/** What the arguments give, what one wrote oneself, and what is about content without being any. */
function isMadeHere({ nameWords, nameActions, lexicon }: ToolView): boolean {
  const { computing, own_content: own, about_content: about } = lexicon.effects;
  if (about.has(nameWords.at(-1)?.text ?? '')) return true;
  for (const { lemma } of nameActions) if (computing.has(lemma)) return true;
  for (const { text } of nameWords) if (own.has(text)) return true;
  return false;
}

function strangersNamed(view: ToolView): Hit | null {
  const { subjects, lexicon, description } = view;
  const [words, phrases, shown] = [
    lexicon.objects('stranger'),
    lexicon.objects('stranger_phrases'),
    lexicon.objects('shown'),
  ];
  for (const subject of subjects) {
    const { text, singular } = subject;
    // "post" before other words is what HTTP calls it.
    if (text === 'post' && subject.end < view.tool.name.length) continue;
    const isStranger = words.has(text) || words.has(singular) || phrases.has(text) || phrases.has(singular);
    if (isStranger || (shown.has(singular) && SCREEN.test(description))) return subjectHit(view, subject);
  }
  return null;
}

/** A read of an address that the caller gives returns what stands there. */
function addressOf({ parameters, nameActions, lexicon }: ToolView): Hit | null {
  if (nameActions.some(({ lemma }) => lexicon.effects.listing.has(lemma))) return null;
  const addresses = lexicon.parameters('address');
  const address = parameters.find(({ key, isTop }) => isTop && addresses.has(key));
  return address === undefined ? null : { field: pathOf(address), quote: address.name, weight: 1 };
}

const SCREEN = /\b(?:page|screen|browser|app|dom|ui)\b/i;
const FROM_THE_WEB =
  /\b(?:web[ _-](?:search|research|pages?|sites?)|(?:the|from) internet\b|search engines?\b|screenshot of\b|(?:files? and|content of|contents? from|from) (?:an? |the )?URLs?\b|open web\b)/i;
const WARNS = /\buntrusted\b/i;
const READ_CHARS = 400;

/** An agent that works on the web by itself brings back what it read there. */
function webAgent(view: ToolView): Hit | null {
  const { nameWords } = view;
  if (!nameWords.some(({ text }) => text === 'agent' || text === 'interact')) return null;
  return told(view, WEB, READ_CHARS);
}
const WEB = /\b(?:browser|web|internet|websites?|web ?pages?)\b/i;

export const untrustedRules: readonly EffectRule[] = [untrusted];
