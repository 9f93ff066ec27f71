/** How a person is asked through the client about a call, and what the answer means. */
import { isObject, type JsonObject } from '../core/tool.ts';

export type Approval = 'once' | 'session' | 'denied';

const MAX_ARGUMENT_CHARS = 4000;

/** The parameters of `elicitation/create`. */
export function approvalForm(server: string, tool: string, args: unknown, message: string): JsonObject {
  return {
    message: `${message}\n\nServer: ${shown(server)}\nTool: ${shown(tool)}\nArguments: ${shown(args ?? {})}`,
    requestedSchema: {
      type: 'object',
      properties: {
        decision: {
          type: 'string',
          title: 'May the agent make this call?',
          description: 'once: this call; session: this tool until the client is closed; deny: not at all',
          enum: ['once', 'session', 'deny'],
          default: 'deny',
        },
      },
      required: ['decision'],
    },
  };
}

/** Whatever is not clearly a yes is a no. */
export function approvalIn(answer: unknown): Approval {
  if (!isObject(answer) || answer.action !== 'accept' || !isObject(answer.content)) return 'denied';
  const { decision } = answer.content;
  return decision === 'once' || decision === 'session' ? decision : 'denied';
}

/** On one line, without what could draw over a terminal: whoever asks for the call chose the text. */
function shown(value: unknown): string {
  const text = JSON.stringify(value).replaceAll(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return text.length > MAX_ARGUMENT_CHARS ? `${text.slice(0, MAX_ARGUMENT_CHARS)}… (${text.length} characters)` : text;
}
