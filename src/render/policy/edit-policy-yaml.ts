import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import type { Classification } from '../../core/classification.ts';
import { unixLineEnds, withLineEndsOf } from '../../core/line-ends.ts';
import { type PolicyEdit, placeFor } from '../../core/policy/recommend/merge.ts';
import { CATEGORIES, RISKS } from '../../core/verdict.ts';
import { escapeInvisible } from '../text/printable.ts';
import { DENIED_HEADING, deniedComment, quoteInvisible, verdictText } from './policy-yaml.ts';

/**
 * A policy in YAML with some of its tools changed, and all else as a person left it: comments, order, other rules. What
 * is new gets the verdict on its tool above it. `tools` are all that the server has now.
 */
export function editPolicyYaml(text: string, edits: readonly PolicyEdit[], tools: readonly Classification[]): string {
  if (edits.length === 0) return text;
  const document = parseDocument(unixLineEnds(text));
  // What stands for something elsewhere would be edited there as well.
  visit(document, { Alias: (_, alias) => alias.resolve(document)?.clone() as Node | undefined });
  const editing = { document, verdicts: new Map(tools.map((tool) => [tool.name, tool])) };
  const contents = document.contents as unknown as YAMLMap;
  for (const edit of edits) {
    setHidden(editing, contents, edit);
    setRule(editing, contents, edit);
  }
  tellDenied(editing, edits);
  return withLineEndsOf(text, escapeInvisible(withoutCount(document.toString({ lineWidth: 0 }))));
}

interface Editing {
  readonly document: Document;
  readonly verdicts: ReadonlyMap<string, Classification>;
}

function setHidden(editing: Editing, contents: YAMLMap, { name, hidden }: PolicyEdit): void {
  const { document } = editing;
  const found = contents.get('hide');
  const hide = isSeq(found) ? found : new YAMLSeq(document.schema);
  const names = hide.items.map(textOf);
  const at = names.indexOf(name);
  if (hidden === at >= 0) return;
  giveFirstItsComment(hide, hide.items[0]);
  if (hidden) addTo(hide, placeFor(name, names), nameNode(editing, name));
  else hide.items.splice(at, 1);
  if (hide.items.length === 0) contents.delete('hide');
  else if (!isSeq(found)) contents.items.splice(placeOfTools(contents), 0, document.createPair('hide', hide));
}

function setRule(editing: Editing, contents: YAMLMap, { name, rule }: PolicyEdit): void {
  const { document } = editing;
  const found = contents.get('tools');
  const tools = isMap(found) ? found : new YAMLMap(document.schema);
  if (!isMap(found)) contents.set('tools', tools);
  const names = tools.items.map(({ key }) => textOf(key));
  const at = names.indexOf(name);
  giveFirstItsComment(tools, tools.items[0]?.key);
  if (rule === null) {
    if (at >= 0) tools.items.splice(at, 1);
  } else if (at >= 0) {
    const pair = tools.items[at] as Pair;
    pair.value = document.createNode(rule);
    renewVerdict(pair.key, editing.verdicts.get(name));
  } else addTo(tools, placeFor(name, names), document.createPair(nameNode(editing, name), rule));
}

/** What stands above a list's first entry is kept by the list, and would stay when the entry goes. */
function giveFirstItsComment(list: YAMLSeq | YAMLMap, first: unknown): void {
  if (!isScalar(first) || !list.commentBefore || list.flow) return;
  first.commentBefore = list.commentBefore;
  list.commentBefore = null;
}

const VERDICT_LINE = new RegExp(`^ (?:${CATEGORIES.join('|')}), (?:${RISKS.join('|')}): .*$`, 'm');

/** Above a name may stand notes of a person: only the line that we wrote ourselves is replaced. */
function renewVerdict(name: unknown, verdict: Classification | undefined): void {
  if (!isScalar(name) || verdict === undefined) return;
  name.commentBefore = name.commentBefore?.replace(VERDICT_LINE, () => ` ${verdictText(verdict)}`) ?? null;
}

/** A list that was empty stands as [] or {}, and would be continued on that line. */
function addTo(list: YAMLSeq | YAMLMap, at: number, item: Scalar | Pair): void {
  if (list.items.length === 0) list.flow = false;
  list.items.splice(at, 0, item as never);
}

function placeOfTools({ items }: YAMLMap): number {
  const at = items.findIndex(({ key }) => textOf(key) === 'tools');
  return at < 0 ? items.length : at;
}

const textOf = (node: unknown): string => String(node instanceof Scalar ? node.value : node);

function nameNode({ verdicts }: Editing, name: string): Scalar {
  const node = new Scalar(name);
  const verdict = verdicts.get(name);
  if (verdict !== undefined) node.commentBefore = ` ${verdictText(verdict)}`;
  quoteInvisible(node);
  return node;
}

/** The comment on what is denied, as it is now; where a person took it out, only what is denied from now on is told. */
function tellDenied({ document, verdicts }: Editing, edits: readonly PolicyEdit[]): void {
  const lines = (document.comment ?? '').split('\n').filter((line) => line !== '');
  const isHeaded = lines.includes(DENIED_HEADING);
  const isOurs = (line: string): boolean => line === DENIED_HEADING || DENIED_LINE.test(line);
  const contents = document.contents as YAMLMap;
  const listed = new Set([...namesIn(contents.get('hide')), ...namesIn(contents.get('tools'))]);
  const mayBeDenied = contents.get('default') === 'deny' && !listed.has('*');
  const edited = new Set(edits.map(({ name }) => name));
  const denied = [...verdicts.values()].filter(
    ({ name }) => mayBeDenied && !listed.has(name) && (isHeaded || edited.has(name)),
  );
  const kept = isHeaded ? lines.filter((line) => !isOurs(line)) : lines;
  document.comment = [...kept, ...(deniedComment(denied)?.split('\n') ?? [])].join('\n') || null;
}

const DENIED_LINE = new RegExp(`^ {3}.+: (?:${CATEGORIES.join('|')}), (?:${RISKS.join('|')}): `);

function namesIn(list: unknown): string[] {
  if (isSeq(list)) return list.items.map(textOf);
  return isMap(list) ? list.items.map(({ key }) => textOf(key)) : [];
}

/** Earlier versions told there how many tools there were, which nobody brought up to date. */
const withoutCount = (text: string): string => text.replace(/^(# Policy for [^\n]*\)), \d+ tools?\.(?=\n)/, '$1.');
