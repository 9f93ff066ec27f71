import type { UserError } from '../../core/user-error.ts';
import { innermostMessage, sentence } from '../innermost-message.ts';
import { answerNotUnderstood, handshakeRefused, serverFlooded, toolsNotListed } from './listing-errors.ts';
import { RefusedRequest } from './session.ts';

export interface AnswerContext {
  readonly isListing: boolean;
  readonly isFlooded: boolean;
  readonly lastWords: readonly string[];
  readonly redact: (text: string) => string;
}

/** Explains a server that was reached and answered: with too much, with an error, or not as it should. */
export function explainAnswer(
  server: string,
  error: unknown,
  { isListing, isFlooded, lastWords, redact }: AnswerContext,
): UserError {
  const serverOutput = lastWords;
  if (isFlooded)
    return serverFlooded(server, { because: 'It sent 64 MiB in one message, or 320 MiB in all.', serverOutput });
  const because = sentence(redact(innermostMessage(error)));
  if (!(error instanceof RefusedRequest)) return answerNotUnderstood(server, { because, serverOutput });
  const said = { because: `It answered "${error.method}" with error ${error.code}: ${because}`, serverOutput };
  return isListing ? toolsNotListed(server, said) : handshakeRefused(server, said);
}
