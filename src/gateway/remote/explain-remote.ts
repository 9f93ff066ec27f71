import { maskAddress } from '../../core/secrets/secret-looking.ts';
import { redactor } from '../../core/server/redact.ts';
import type { HttpSpec } from '../../core/server/server-spec.ts';
import type { UserError } from '../../core/user-error.ts';
import type { Refusal } from '../../io/http/bounded-fetch.ts';
import { explainHttpFailure } from '../../io/http/explain-http-failure.ts';
import { connectionFailed } from '../../io/http/http-errors.ts';
import { innermostMessage, sentence } from '../../io/innermost-message.ts';
import { givenTokenRefused, signInWanted } from './remote-errors.ts';

/** Why a request got no answer, or one that is no success; in words that hold no secret. */
export function explainRemote(spec: HttpSpec, error: unknown, refusal: Refusal | null): UserError {
  const redact = redactor(spec);
  const explained = explainHttpFailure(spec, error, { isListing: false, isFlooded: false, refusal, redact });
  const { because } = explained;
  if (explained.code === 'AUTHORIZATION_REQUIRED')
    return signInWanted(spec.name, { because, address: maskAddress(spec.url) });
  if (explained.code === 'CREDENTIALS_REFUSED') return givenTokenRefused(spec.name, because);
  if (explained.code === 'ANSWER_NOT_UNDERSTOOD')
    return connectionFailed(spec.name, sentence(redact(innermostMessage(error))));
  return explained;
}

/** For whoever gets one line. */
export const oneLine = ({ message, because, hint }: UserError): string => `${message} ${because} ${hint}`;
