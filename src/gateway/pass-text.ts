import { isObject } from '../core/tool.ts';
import type { Enforcer } from './enforcer.ts';
import { type ClientText, readClientText } from './message/client-text.ts';
import { INTERNAL_ERROR, INVALID_REQUEST, type JsonRpc } from './message/json-rpc.ts';
import type { MessageFault } from './message/message-fault.ts';
import type { Session } from './session.ts';
import type { Verdict } from './verdict.ts';

/** What becomes of what a client sent in one piece. */
export interface Passage {
  /** What goes to the server: the bytes themselves, other text in their place, or nothing. */
  readonly forward: Buffer | string | null;
  readonly answers: readonly JsonRpc[];
  /** Of calls that wait for a person. */
  readonly later: readonly Promise<Passage>[];
  /** To be called where `forward` surely never reached the server; resolves to what the client gets instead. */
  readonly unreached: (because?: string) => Promise<JsonRpc[]>;
}

interface PassOptions {
  /** Whether the server takes each message as a line; else as the body of a request, in which lines may end. */
  readonly asLine: boolean;
}

/** Decides on what a client sent. Never rejects: what cannot be decided is not passed on. */
export async function passText(
  text: Buffer | ClientText | MessageFault,
  enforcer: Enforcer,
  session: Session,
  { asLine }: PassOptions = { asLine: true },
): Promise<Passage> {
  const read = Buffer.isBuffer(text) ? readClientText(text) : text;
  if ('code' in read) return passageOf([enforcer.refuse(null, read, session)], textOf);
  const { parts, isBatch, isPlain, isLine, bytes } = read;
  const verdicts: Verdict[] = [];
  // One after the other: a batch must not overtake its own limits.
  for (const part of parts) verdicts.push(await decided(part, enforcer, session));
  const isUntouched = isPlain && (isLine || !asLine) && verdicts.every(({ forward }, at) => forward === parts[at]);
  return passageOf(verdicts, (messages) => (isUntouched ? bytes : textOf(isBatch ? messages : messages[0])));
}

async function decided(part: unknown, enforcer: Enforcer, session: Session): Promise<Verdict> {
  if (!isObject(part))
    return enforcer.refuse(null, { code: INVALID_REQUEST, message: 'A message is an object.' }, session);
  try {
    return await enforcer.fromClient(part, session);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return enforcer.refuse(
      part,
      { code: INTERNAL_ERROR, message: `The message could not be decided on: ${why}` },
      session,
    );
  }
}

function passageOf(verdicts: readonly Verdict[], write: (messages: readonly JsonRpc[]) => Buffer | string): Passage {
  const messages = verdicts.flatMap(({ forward }) => (forward === null ? [] : [forward]));
  return {
    forward: messages.length === 0 ? null : write(messages),
    answers: verdicts.flatMap(({ answer }) => (answer === null ? [] : [answer])),
    later: verdicts.flatMap(({ later }) =>
      later === undefined ? [] : [later.then((verdict) => passageOf([verdict], ([message]) => textOf(message)))],
    ),
    unreached: async (because) => {
      const told = await Promise.all(verdicts.map(({ unreached }) => unreached?.(because) ?? null));
      return told.filter((answer) => answer !== null);
    },
  };
}

const textOf = (value: unknown): string => JSON.stringify(value);
