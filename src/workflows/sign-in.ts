import type { HttpSpec } from '../core/server/server-spec.ts';
import { AuthorizationRequired } from '../io/http/authorization-required.ts';
import type { Person } from '../io/oauth/person.ts';
import { signIn as signInTo } from '../io/oauth/sign-in.ts';
import type { OwnClient } from '../io/oauth/sign-in-record.ts';
import { signInStore } from '../io/oauth/sign-in-store.ts';
import { listServerTools } from '../io/tools/list-server-tools.ts';

export interface SignInOptions {
  readonly person: Person;
  readonly userFolder: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly ownClient?: OwnClient | undefined;
}

/** Signs in to a server whatever is kept for it. False where it lists its tools to everybody. */
export async function signIn(spec: HttpSpec, options: SignInOptions): Promise<boolean> {
  const { userFolder, ...context } = options;
  const store = signInStore(userFolder);
  try {
    await listServerTools(spec, options);
    return false;
  } catch (error) {
    if (!(error instanceof AuthorizationRequired)) throw error;
    const refused = (await store.read(spec.url))?.tokens.access_token ?? null;
    await signInTo(spec, { challenge: error.challenge, refused }, { ...context, store });
    return true;
  }
}
