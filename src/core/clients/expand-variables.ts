import { isSecretName, looksLikeToken, MASK } from '../secrets/secret-looking.ts';
import type { Machine } from './machine.ts';

export interface VariableContext {
  /** Null where nothing is known of the environment. */
  readonly env: Machine['env'] | null;
  /** What clients call by names of their own, such as the folder of the project. */
  readonly known: Readonly<Record<string, string | undefined>>;
  /** Whether `$NAME` is a variable too. */
  readonly dollarNames: boolean;
}

export interface Expanded {
  readonly text: string;
  /** As written, each once. */
  readonly unresolved: readonly string[];
}

const REFERENCE = /\$\{([^{}]*)\}|\{((?:env|file):[^{}]*)\}/g;
const REFERENCE_OR_DOLLAR = new RegExp(`${REFERENCE.source}|\\$([A-Za-z_]\\w*)`, 'g');

/** Puts values in the place of `${NAME}`, `${NAME:-default}`, `${env:NAME}` and their like; what has none stays as it is. */
export function expandVariables(text: string, context: VariableContext): Expanded {
  const unresolved = new Set<string>();
  const pattern = context.dollarNames ? REFERENCE_OR_DOLLAR : REFERENCE;
  const expanded = text.replace(pattern, (whole, braced?: string, bare?: string, dollar?: string) => {
    const value = referredValue(braced ?? bare ?? dollar ?? '', context);
    if (value === undefined) unresolved.add(whole);
    return value ?? whole;
  });
  return { text: expanded, unresolved: [...unresolved] };
}

/** What a text says by itself: without its variables, but with what stands in for one that has no value. */
export function withoutVariables(text: string): string {
  return text.replace(REFERENCE_OR_DOLLAR, (_, braced?: string) => braced?.split(/:-(.*)/s)[1] ?? '');
}

/** The text, what stands in for a secret hidden: `${TOKEN:-***}`. */
export function hideFallbacks(text: string): string {
  return text.replace(/(\$\{([^{}]*?):-)([^{}]*)\}/g, (whole, start: string, name: string, fallback: string) =>
    isSecretName(name) || looksLikeToken(fallback) ? `${start}${MASK}}` : whole,
  );
}

function referredValue(reference: string, { env, known }: VariableContext): string | undefined {
  const [name = '', fallback] = reference.replace(/^env:/, '').split(/:-(.*)/s);
  if (/[:\s]/.test(name)) return undefined;
  if (Object.hasOwn(known, name)) return known[name];
  const value = env !== null && Object.hasOwn(env, name) ? env[name] : undefined;
  return value === undefined || value === '' ? (fallback ?? value) : value;
}
