/** The page on one tool for a person at a terminal. */
import { Chalk, type ChalkInstance } from 'chalk';
import type { Explanation } from '../../core/explain/explanation.ts';
import { policyJson } from '../policy/policy-json.ts';
import { serverHeading } from '../report/server-heading.ts';
import { plural } from '../text/counts.ts';
import { escapeInvisible, printable } from '../text/printable.ts';
import { riskPaints } from '../text/risk-paints.ts';
import { toolName } from '../text/tool-name.ts';
import { wrap } from '../text/wrap.ts';
import { descriptionLines } from './description-lines.ts';
import { type ExplanationOptions, MAX_SHOWN_ATTACKS } from './explanation-renderer.ts';

/** Lines of prose that are longer are hard to read. */
const MAX_COLUMNS = 100;
const MAX_CHARS = 2_000;

interface Page {
  readonly chalk: ChalkInstance;
  /** Text of anybody as an indented paragraph. */
  readonly paragraph: (text: string, indent?: string) => string[];
  /** The same of text that is safe already, and may be coloured. */
  readonly wrapped: (text: string, indent?: string) => string[];
}

/** The sections of the page; a mark is bold and underlined, or between » and « where there is no colour. */
export function renderExplanationText(explanation: Explanation, { color, columns }: ExplanationOptions): string {
  const width = Math.min(columns ?? MAX_COLUMNS, MAX_COLUMNS);
  const wrapped: Page['wrapped'] = (text, indent = '  ') => wrap(text, { width, first: indent });
  const page: Page = {
    chalk: new Chalk({ level: color ? 1 : 0 }),
    wrapped,
    paragraph: (text, indent) => wrapped(printable(text, { maxChars: MAX_CHARS }), indent),
  };
  const { recommended } = explanation;
  const sections = [
    headLines(explanation, page),
    section('What it does', doesLines(explanation, page), page),
    section('Why it needs a policy', whyLines(explanation, page, { color }), page),
    section(
      'The recommended rule',
      [...indented(policyJson(recommended.policy, 2)), ...page.paragraph(recommended.says)],
      page,
    ),
    section('Attacks that abuse this kind of access', attackLines(explanation, page), page),
    section(
      'Questions',
      explanation.questions.flatMap(({ question, answer }) => [
        ...page.paragraph(question).map((line) => page.chalk.bold(line)),
        ...page.paragraph(answer, '    '),
      ]),
      page,
    ),
    section(`Other ${explanation.related.class} tools on this server`, relatedLines(explanation, page), page),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function section(title: string, lines: readonly string[], { chalk }: Page): string[] {
  return lines.length === 0 ? [] : [chalk.bold(title), ...lines];
}

function headLines({ verdict, server }: Explanation, { chalk }: Page): string[] {
  const { category, class: toolClass, risk, effects } = verdict;
  const kind = category === toolClass ? category : `${category}, ${toolClass}`;
  const also = effects.length === 0 ? '' : `, effects: ${effects.join(', ')}`;
  return [
    `${chalk.bold(toolName(verdict.name))}  ${kind}, ${riskPaints(chalk)[risk](`${risk} risk`)}${also}`,
    serverHeading(server, chalk),
  ];
}

/** The server's own words stand behind a bar, so that they cannot pass for ours. */
function doesLines({ definition, does }: Explanation, { wrapped, paragraph }: Page): string[] {
  const described = descriptionLines(definition.description ?? '')
    .flatMap((line) => wrapped(line, '  | '))
    .map((line) => line.trimEnd());
  return [...described, ...paragraph(does)];
}

function whyLines(explanation: Explanation, page: Page, { color }: { readonly color: boolean }): string[] {
  const { verdict, withoutPolicy, decided, passages, findings } = explanation;
  const { chalk, paragraph, wrapped } = page;
  const mark = (quote: string): string => {
    const shown = printable(escapeInvisible(quote), { maxChars: MAX_CHARS });
    // Word by word, so that no line breaks off inside of a colour.
    return color ? shown.replace(/[^ ]+/g, (word) => chalk.bold.underline(word)) : `»${shown}«`;
  };
  const quoted = passages.flatMap(({ field, parts, says }) => {
    const text = parts.map(({ text, marked }) => (marked ? mark(text) : printable(text, { maxChars: MAX_CHARS })));
    return wrapped(
      `${chalk.dim(`${printable(field, { maxChars: 80 })}:`)} ${text.join('')} (${says.join(', ')})`,
      '    ',
    );
  });
  return [
    ...paragraph(`${verdict.reason} ${withoutPolicy}`),
    ...(quoted.length === 0
      ? []
      : [...wrapped('From its definition, with what the marked words speak for:', '  '), ...quoted]),
    ...findings.flatMap(({ level, message }) => paragraph(`${level}: ${message}`)),
    ...paragraph(decided),
  ];
}

function attackLines({ attacks, besideRecommended }: Explanation, { chalk, paragraph }: Page): string[] {
  if (attacks.length === 0) return [];
  const shown = attacks
    .slice(0, MAX_SHOWN_ATTACKS)
    .flatMap(({ title, owasp, happens, stop, sources }) => [
      '',
      `  ${chalk.bold(title)}  ${chalk.dim(`${owasp.id} ${owasp.title}`)}`,
      ...paragraph(happens, '    '),
      ...(stop.recommended
        ? paragraph(`Rule, as recommended: ${stop.says}`, '    ')
        : [...paragraph(`Rule: ${stop.says}`, '    '), ...indented(policyJson(stop.policy), '    ')]),
      ...sources.map(({ url }) => `    ${url}`),
    ]);
  const more = attacks.length - MAX_SHOWN_ATTACKS;
  const rest = more > 0 ? ['', `  and ${plural(more, 'more pattern')}: --json shows all`] : [];
  return [...paragraph(besideRecommended), ...shown, ...rest];
}

function relatedLines({ related }: Explanation, { wrapped }: Page): string[] {
  if (related.tools.length === 0) return [];
  const names = related.tools.map((name) => toolName(name, { maxChars: 80 })).join(', ');
  return wrapped(related.more > 0 ? `${names} and ${related.more} more` : names);
}

function indented(text: string, indent = '  '): string[] {
  return text.split('\n').map((line) => indent + line);
}
