/** What belongs to somebody: files, mail, documents, databases, accounts. */
import type { ToolClass } from '../../verdict.ts';
import type { EffectRule, Hit } from '../rule.ts';
import type { ToolView } from '../tool-view.ts';
import { asHits, NO_HITS, nameAbout, quoteIn, subjectOf, textAbout } from './effect-hits.ts';

const privateData: EffectRule = {
  id: 'effects/private',
  says: 'private',
  because: 'What it returns belongs to the user or the organisation',
  // A secret is said to be one.
  find: (view, toolClass, effects) => {
    if (toolClass !== 'Read') return asHits(ownQuery(view, toolClass));
    if (effects.includes('secrets') || isPublic(view)) return NO_HITS;
    return asHits(nameAbout(view, 'own') ?? textAbout(view, 'own'));
  },
  examples: {
    fires: [
      { name: 'read_file' },
      { name: 'list_customers' },
      { name: 'get_account' },
      { name: 'run_sql', inputSchema: { properties: { sql: { type: 'string' } } } },
    ],
    silent: [
      { name: 'get_weather' },
      { name: 'search_docs' },
      { name: 'delete_file' },
      { name: 'convert_units' },
      { name: 'scrape', description: 'Scrape content from a website.' },
      { name: 'browser_snapshot', description: 'Capture a snapshot of the current page.' },
      { name: 'list_metrics', description: 'Lists the available metrics.' },
    ],
  },
};

/** A database is somebody's, whatever a query may do besides reading it. */
function ownQuery({ parameters, lexicon, description }: ToolView, toolClass: ToolClass): Hit | null {
  if (toolClass !== 'Execute') return null;
  const queries = lexicon.parameters('sql');
  const query = parameters.find(
    ({ key, isTop }) => isTop && (queries.has(key) || (key === 'query' && SQL.test(description))),
  );
  const quote = query === undefined ? (SQL_RUN.exec(description.slice(0, OPENING_CHARS))?.[0] ?? null) : null;
  if (query !== undefined) return { field: `${query.within}.properties.${query.name}`, quote: query.name, weight: 1 };
  return quote === null ? null : { field: 'description', quote, weight: 1 };
}
const SQL = /\bSQL\b/i;
const SQL_RUN = /\b(?:runs?|executes?) (?:[\w-]+ ){0,3}SQL\b/i;

function whatIsRead({ nameActions, nameWords, descriptionActions, tool, description }: ToolView): Hit | null {
  const [named] = nameActions;
  if (named !== undefined) return { field: 'name', quote: quoteIn(tool.name, named), weight: 1 };
  const [said] = descriptionActions.actions;
  if (said !== undefined) return { field: 'description', quote: quoteIn(description, said), weight: 1 };
  const noun = nameWords.at(-1);
  return noun === undefined ? null : { field: 'name', quote: tool.name.slice(noun.start, noun.end), weight: 1 };
}

const PUBLIC =
  /\b(?:public(?:ly)? (?!or\b|urls?\b)|market (?:data|status)\b|(?:stocks|ENS names?|gas prices?|block (?:number|height)|OHLCV|corporate actions?|option chain|mark price|internet|screenshot|arxiv|twitter|youtube|documentation|API (?:method|service)s?|the web|web(?:site|page| ?search| pages?)s?|console messages?)\b|(?:single|from|from an?) URLs?\b|available (?:metrics|(?:data )?sources|(?:source |target )?assets|plans|skills|models)\b|(?:current|entire|target) (?:page|screen)\b|(?:recent|aggregate) trades for a (?:symbol|[\w ,-]*trading pair))|经纬度|天气|路径规划/i;
const DESKTOP = /\bdesktop\b/i;
const OPENING_CHARS = 200;

/** The time that people spent is theirs: `list_time_entries`. */
const RECORDED = new Set(['card', 'cards', 'entries', 'entry', 'logs', 'off', 'sheet', 'sheets']);

/** What everybody may know, and handles that belong to the session. */
function isPublic(view: ToolView): boolean {
  const { nameWords, ownFrom, nameActions, descriptionActions, description, lexicon } = view;
  const { computing, public: known } = lexicon.effects;
  if (subjectOf(view, 'handle_phrases') !== undefined) return true;
  for (let at = ownFrom; at < nameWords.length; at++) {
    const word = nameWords[at]?.text ?? '';
    if (known.has(word) && !(word === 'time' && RECORDED.has(nameWords[at + 1]?.text ?? ''))) return true;
  }
  for (const { lemma } of nameActions) if (computing.has(lemma)) return true;
  for (const { lemma } of descriptionActions.actions) if (computing.has(lemma)) return true;
  const opening = description.slice(0, OPENING_CHARS);
  return PUBLIC.test(opening) && !DESKTOP.test(opening);
}

/** What a read returns belongs to somebody unless something says that everybody may know it. */
const presumedPrivate: EffectRule = {
  id: 'effects/not-said-public',
  says: 'private',
  because: 'Nothing says that everybody may know what it returns',
  find: (view, toolClass, effects) => {
    if (toolClass !== 'Read' || effects.includes('secrets') || effects.includes('private') || isPublic(view))
      return NO_HITS;
    return asHits(whatIsRead(view));
  },
  examples: {
    fires: [{ name: 'get_frob' }, { name: 'list_frobs', description: 'Lists frobs.' }, { name: 'list_time_entries' }],
    silent: [
      { name: 'get_weather1' },
      { name: 'update_frob' },
      { name: 'get_fee', description: 'Get current gas prices of a network.' },
    ],
  },
};

export const privateRules: readonly EffectRule[] = [privateData, presumedPrivate];
