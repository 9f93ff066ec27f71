import { UserError, type UserErrorParts } from '../../core/user-error.ts';

/** The server wants to know who asks. Whoever can sign in may do so and ask again. */
export class AuthorizationRequired extends UserError {
  /** Its WWW-Authenticate header, which says how; empty where it sent none. */
  readonly challenge: string;

  constructor(parts: UserErrorParts, challenge: string) {
    super(parts);
    this.challenge = challenge;
  }
}

interface Refused {
  readonly because: string;
  readonly challenge: string;
  /** The server's, printable. */
  readonly address: string;
}

export const authorizationRequired = (server: string, { because, challenge, address }: Refused) =>
  new AuthorizationRequired(
    {
      code: 'AUTHORIZATION_REQUIRED',
      message: `The server "${server}" wants to know who asks.`,
      because,
      hint: `Run "policylayer scan ${address}" at a terminal to sign in, or give a token in an environment variable with --token-env NAME, or as --header "Authorization: Bearer TOKEN".`,
    },
    challenge,
  );

export const credentialsRefused = (server: string, { because, challenge }: Refused) =>
  new AuthorizationRequired(
    {
      code: 'CREDENTIALS_REFUSED',
      message: `The server "${server}" did not accept the credentials it was given.`,
      because,
      hint: 'Check the token in --token-env or --header "Authorization: Bearer TOKEN"; a scan at a terminal without either lets you sign in, where the server offers that.',
    },
    challenge,
  );
