/** The questions people ask about a tool, answered for the policy file. The only place where they are worded. */
import type { Classification } from '../classification.ts';
import { rateCounter } from '../policy/recommend/counter.ts';
import type { ServerReport } from '../report.ts';
import type { Tool } from '../tool.ts';
import { letsNothingThrough } from './beside-recommended.ts';
import { categoryWords, riskWords } from './sentences.ts';
import { shownName } from './shown-name.ts';

export const QUESTION_IDS = ['does', 'enforce', 'risk', 'rate-limit', 'block', 'server'] as const;

export interface Question {
  readonly id: (typeof QUESTION_IDS)[number];
  readonly question: string;
  readonly answer: string;
}

const MAX_SENTENCE_CHARS = 300;
const MAX_COUNTER_CHARS = 100;

/** The six questions of the page, in its order. */
export function questionsOn(tool: Tool, verdict: Classification, server: ServerReport): Question[] {
  const name = shownName(tool.name);
  const ask = (id: Question['id'], question: string, ...answer: string[]): Question => ({
    id,
    question,
    answer: answer.filter((sentence) => sentence !== '').join(' '),
  });
  return [
    ask(
      'does',
      `What does ${name} do?`,
      firstSentence(tool.description),
      categoryWords(verdict, shownName(server.name)),
    ),
    ask(
      'enforce',
      `How do I enforce a policy on ${name}?`,
      `Put the rule above into the policy file of ${shownName(server.name)}: an entry in "tools" allows the tool, "require", "deny_if" and "require_approval" set conditions, "limits" bound how often it is called, "hide" takes it away, and a tool without an entry is denied.`,
      `The gateway stands between the agent and the server and holds every call to the file: ${gatewayWords(server)}, or let "policylayer wrap" do it.`,
    ),
    ask('risk', `What risk level is ${name}?`, riskWords(name, verdict)),
    ask('rate-limit', `Can I rate-limit ${name}?`, ...rateLimitAnswer(tool.name, verdict)),
    ask('block', `How do I block ${name} completely?`, ...blockAnswer(verdict)),
    ask('server', `Which server provides ${name}?`, serverAnswer(name, server)),
  ];
}

function rateLimitAnswer(toolName: string, { hidden, rule }: Classification): string[] {
  const limited = rule?.limits?.some(({ increment_from }) => increment_from === undefined) ?? false;
  return [
    limited
      ? 'Yes, and the rule above does. Change its "max" and "window" to what you need.'
      : 'Yes. Add "limits" to its rule.',
    `A limit with "counter": "${rateCounter(toolName).slice(0, MAX_COUNTER_CHARS)}", "window": "minute", "max": 10 and "scope": "grant" lets each caller make 10 calls a minute; with "scope": "server" all callers share them.`,
    'Windows are those of the calendar in UTC, and a new one starts at zero.',
    hidden ? 'A hidden tool is denied anyway, so take it out of "hide" first.' : '',
    letsNothingThrough(rule)
      ? 'As long as its rule denies every call there is nothing to limit, so take out that "deny_if" first.'
      : '',
    rule === null && !hidden ? 'It has no entry yet, and one with limits allows it as well.' : '',
  ];
}

function blockAnswer({ hidden, rule }: Classification): string[] {
  const reason =
    'To tell the agent why, give it a "deny_if" without conditions and an "on_deny" with the reason instead.';
  const hiding = 'Put its name into "hide": it is gone from the list of tools, and a call is denied.';
  if (hidden) return ['The rule above does: its name stands in "hide", so the agent hears nothing of it.', reason];
  if (letsNothingThrough(rule))
    return [
      'The rule above does: its "deny_if" has no conditions, so it denies every call, and tells the agent why.',
      'Put its name into "hide", and the agent does not see it either.',
    ];
  if (rule === null)
    return ['It is denied as it is, since it has no entry in "tools", but the agent still sees it.', hiding, reason];
  return [hiding, `Leaving it out of "tools" denies it too, but the agent still sees it. ${reason}`];
}

function gatewayWords({ transport }: ServerReport): string {
  return transport === 'stdio' || transport === 'file'
    ? 'put "policylayer gateway --policy FILE --" in front of the command of the server in the configuration of the client'
    : 'in the configuration of the client, put "policylayer gateway --policy FILE" with the address behind it in the place of the server';
}

/** What the server calls itself is a claim, so it is said as one. */
function serverAnswer(name: string, { name: serverName, target, transport, server }: ServerReport): string {
  const from = transport === 'file' ? `as ${target} lists it` : `reached over ${transport}`;
  const at = target === serverName || transport === 'file' ? '' : ` (${target})`;
  const claim =
    server === null || transport === 'file' ? '' : ` It calls itself ${`${server.name} ${server.version}`.trimEnd()}.`;
  return `${name} is provided by the server ${shownName(serverName)}${at}, ${from}.${claim}`;
}

function firstSentence(description = ''): string {
  const [first = ''] = /^\s*[^\n]*?[.!?。](?=\s|$)|^\s*[^\n]*/u.exec(description.slice(0, MAX_SENTENCE_CHARS)) ?? [];
  const sentence = first.trim();
  return sentence === '' || /[.!?。]$/u.test(sentence)
    ? sentence
    : `${sentence}${first.length === MAX_SENTENCE_CHARS ? '…' : '.'}`;
}
