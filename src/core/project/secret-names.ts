import { placeholder } from './placeholder.ts';

const NAMES_A_VARIABLE = /^(?:\w+\s+)?(?:\$\{[^}]*\})+$/;

/** Gives the secrets of one server names for the project file: one a value, and never one for two values. */
export interface SecretNames {
  /** What is written in the place of a secret that is called `hint` where it stands. What names a variable stays as it is. */
  readonly hide: (secret: string, hint: string) => string;
}

/** Names begin with the server's, so that a value of the environment meant for another server is never handed to this one. */
export function secretNames(server: string, taken: Iterable<string>): SecretNames {
  const values = new Map<string, string | null>(Array.from(taken, (name) => [name, null]));
  return {
    hide(secret, hint) {
      if (secret === '' || NAMES_A_VARIABLE.test(secret)) return secret;
      const wanted = environmentName(server, hint);
      for (let count = 1; ; count++) {
        const name = count === 1 ? wanted : `${wanted}_${count}`;
        if (values.has(name) && values.get(name) !== secret) continue;
        values.set(name, secret);
        return placeholder(name);
      }
    },
  };
}

/** `--api-key` of the server `exa` is `EXA_API_KEY`. */
export function environmentName(server: string, hint: string): string {
  const prefix = upperSnake(server);
  const name = upperSnake(hint.replace(/^x-/i, '')) || 'TOKEN';
  const whole = prefix === '' || name.startsWith(prefix) ? name : `${prefix}_${name}`;
  return /^\d/.test(whole) ? `_${whole}` : whole;
}

function upperSnake(text: string): string {
  return text
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, '_')
    .replace(/[^A-Za-z\d]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
}
