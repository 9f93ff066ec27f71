import { MASK } from '../../core/secrets/secret-looking.ts';
import { innermostMessage, sentence } from '../innermost-message.ts';

/** Why asking an authorisation server failed, in a sentence, without the secrets that it may repeat. */
export function failureText(error: unknown, secrets: readonly (string | undefined)[] = []): string {
  const hidden = secrets.filter((secret) => secret !== undefined && secret !== '');
  const text = hidden.reduce<string>((shown, secret) => shown.replaceAll(secret ?? '', MASK), unhidden(error));
  return sentence(text);
}

function unhidden(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // What the schema of the SDK says about a document is a page of JSON.
  if ('issues' in error) return 'What it says about itself lacks what it has to say';
  if (error instanceof SyntaxError) return 'What it says about itself is no JSON';
  // An error of the protocol has a code, and a text only where the server gave one.
  const code = 'errorCode' in error ? String(error.errorCode) : '';
  const message = innermostMessage(error).replace(/ Raw body: .*$/, '');
  if (code === '' || code === 'server_error') return message;
  return message === '' || message === error.name ? `It answered "${code}"` : `It answered "${code}": ${message}`;
}
