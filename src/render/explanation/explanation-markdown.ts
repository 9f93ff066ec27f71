/** The page on one tool for a pull request, an issue or a wiki. */
import type { Explanation } from '../../core/explain/explanation.ts';
import { policyJson } from '../policy/policy-json.ts';
import { plural } from '../text/counts.ts';
import { code, escaped } from '../text/markdown-text.ts';
import { escapeInvisible } from '../text/printable.ts';
import { descriptionLines } from './description-lines.ts';
import { MAX_SHOWN_ATTACKS } from './explanation-renderer.ts';

const MAX_CHARS = 2_000;

/** The sections of the page; a mark is bold. */
export function renderExplanationMarkdown(explanation: Explanation): string {
  const { verdict, does, definition, recommended, attacks, questions, related } = explanation;
  const blocks = [
    `# ${code(verdict.name)}`,
    headLine(explanation),
    '## What it does',
    quoted(definition.description ?? ''),
    text(does),
    '## Why it needs a policy',
    ...whyBlocks(explanation),
    '## The recommended rule',
    fenced(policyJson(recommended.policy, 2)),
    text(recommended.says),
    ...(attacks.length === 0 ? [] : ['## Attacks that abuse this kind of access', ...attackBlocks(explanation)]),
    '## Questions',
    ...questions.flatMap(({ question, answer }) => [`### ${text(question)}`, text(answer)]),
    ...(related.tools.length === 0 ? [] : [`## Other ${related.class} tools on this server`, relatedNames(related)]),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const text = (words: string): string => escaped(words, { maxChars: MAX_CHARS });
const fenced = (json: string): string => `\`\`\`json\n${json}\n\`\`\``;

function headLine({ verdict, server }: Explanation): string {
  const { category, class: toolClass, risk, effects } = verdict;
  const kind = category === toolClass ? category : `${category}, ${toolClass}`;
  const also = effects.length === 0 ? '' : `, effects: ${effects.join(', ')}`;
  const target = server.target === server.name ? '' : ` (${escaped(server.target)})`;
  return `**${kind}, ${risk} risk**${also}. Part of the server ${code(server.name)}${target}.`;
}

/** At the beginning of a line "-", "=" and "1." mean something too. */
function quoted(description: string): string {
  return descriptionLines(description)
    .map((line) => text(line.trimStart()).replace(/^[-=]|(?<=^\d+)\./, '\\$&'))
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function whyBlocks({ verdict, withoutPolicy, decided, passages, findings }: Explanation): string[] {
  const evidence = passages.map(({ field, parts, says }) => {
    const words = parts.map(({ text: part, marked }) => (marked ? `**${text(escapeInvisible(part))}**` : text(part)));
    return `- ${code(field)}: ${words.join('')} (${says.join(', ')})`;
  });
  return [
    text(`${verdict.reason} ${withoutPolicy}`),
    ...(evidence.length === 0
      ? []
      : ['From its definition, with what the marked words speak for:', evidence.join('\n')]),
    findings.map(({ level, message }) => `- ${level}: ${text(message)}`).join('\n'),
    text(decided),
  ];
}

function attackBlocks({ attacks, besideRecommended }: Explanation): string[] {
  const shown = attacks
    .slice(0, MAX_SHOWN_ATTACKS)
    .flatMap(({ title, owasp, happens, stop, sources }) => [
      `### ${text(title)}`,
      `${text(happens)} (OWASP ${owasp.id}, ${owasp.title})`,
      ...(stop.recommended
        ? [`The rule against it, as recommended: ${text(stop.says)}`]
        : [`The rule against it: ${text(stop.says)}`, fenced(policyJson(stop.policy, 2))]),
      `Sources: ${sources.map((source) => `[${text(source.title)}](${source.url})`).join(', ')}`,
    ]);
  const more = attacks.length - MAX_SHOWN_ATTACKS;
  return [
    text(besideRecommended),
    ...shown,
    ...(more > 0 ? [`And ${plural(more, 'more pattern')}, which the JSON holds.`] : []),
  ];
}

function relatedNames({ tools, more }: Explanation['related']): string {
  const names = tools.map(code).join(', ');
  return more > 0 ? `${names} and ${more} more` : names;
}
