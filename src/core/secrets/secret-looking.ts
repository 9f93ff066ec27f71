/** Finds what looks like a secret in a command line or an address. Weak inference: it errs towards hiding. */

export const MASK = '***';

const SECRET_NAME =
  /token|key|secret|passw|pwd|auth|credential|bearer|cookie|jwt|(?:^|[^a-z])(?:pass|pat|pin|sid)(?:[^a-z]|$)/i;
const HEADER_FLAG = /^(?:-H|--headers?)$/;
/** As curl takes them; two numbers are those of a user and a group. */
const USER_FLAG = /^(?:-u|--user)$/;
/** A member of a JSON object whose name is that of a secret, and its value. */
const JSON_SECRET = new RegExp(
  String.raw`("[^"]*(?:${SECRET_NAME.source})[^"]*"\s*:\s*)("?)((?<=")(?:[^"\\]|\\.)*|[^\s,{}[\]"]+)`,
  'gi',
);

/** Prefixes that vendors give their tokens, so that scanners can find them. */
const VENDOR_TOKEN =
  /^(?:sk|pk|rk|ghp|gho|ghu|ghs|ghr|github_pat|glpat|xox[a-z]|xapp|npm|pypi|hf|shpat|dop_v1|lin_api|ntn|secret|figd|pat|key|SG|ya29)[-_.][A-Za-z0-9._-]{8,}$|^(?:AKIA|ASIA|AIza)[A-Za-z0-9_-]{12,}$/;
const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;
const ADDRESS = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@)?([^?#]*)/i;

/**
 * Whether a word looks like a credential by itself: a vendor's prefix, a JWT, or 32 and more characters at random.
 * A name of lower-case words joined by hyphens is not one, however long it is.
 */
export function looksLikeToken(word: string): boolean {
  if (VENDOR_TOKEN.test(word) || JWT.test(word)) return true;
  if (word.length < 32 || !/\d/.test(word)) return false;
  if (/^[A-Za-z0-9]+$/.test(word)) return /[A-Za-z]/.test(word);
  const mixedCase = /[a-z]/.test(word) && /[A-Z]/.test(word);
  return mixedCase && (/^[A-Za-z0-9_-]+=*$/.test(word) || /^[A-Za-z0-9+/]+={1,2}$/.test(word));
}

/** Whether what is called so is usually a credential. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The address without user, password, query and fragment; a path segment that looks like a token is masked. */
export function maskAddress(address: string): string {
  const [, scheme, rest] = ADDRESS.exec(address) ?? [];
  if (scheme === undefined || rest === undefined) return address;
  const masked = rest.split('/').map((segment) => (looksLikeToken(segment) ? MASK : segment));
  return scheme + masked.join('/');
}

/** The arguments of a command, secret-looking values replaced by `***`. */
export function maskArguments(args: readonly string[]): string[] {
  return replaceSecrets(args, { secret: () => MASK, address: maskAddress });
}

/** What stands where a secret stood. */
export interface Replacement {
  /** `name` is what the secret was given under: an option, a header, a setting; empty where nothing names it. */
  readonly secret: (value: string, name: string) => string;
  readonly address: (address: string) => string;
}

/** The arguments of a command, secret-looking values and addresses replaced. */
export function replaceSecrets(args: readonly string[], replacement: Replacement): string[] {
  return args.map((arg, at) => replaceIn(arg, args[at - 1], replacement));
}

function replaceIn(arg: string, before: string | undefined, to: Replacement): string {
  const named = (_: string, name: string, sign: string, value: string): string => name + sign + to.secret(value, name);
  if (before !== undefined && HEADER_FLAG.test(before)) return arg.replace(/^([^:=]*)([:=]\s*)(.*)$/s, named);
  if (before !== undefined && USER_FLAG.test(before)) return arg.replace(/^([^:]*)(:)(?!\d+$)(.+)$/s, named);
  const isValueOfSecret = before !== undefined && /^--?[^=]+$/.test(before) && SECRET_NAME.test(before);
  if (isValueOfSecret && !arg.startsWith('-')) return to.secret(arg, before);
  if (/^\s*[{[]/.test(arg)) return arg.replace(JSON_SECRET, named);
  const [, name, sign = '', value = ''] = /^([\w.-]+)(=|:(?!\/\/)\s*)(.*)$/s.exec(arg) ?? [];
  if (name !== undefined && SECRET_NAME.test(name)) return name + sign + to.secret(value, name);
  if (/[\s;]/.test(arg) && !ADDRESS.test(arg)) return replaceInWords(arg, to);
  return name === undefined ? replaceWord(arg, to) : name + sign + replaceIn(value, undefined, to);
}

/** What a shell is given to run, and a list of settings, are words of their own. */
function replaceInWords(text: string, to: Replacement): string {
  const parts = text.split(/([\s;]+)/);
  return parts.map((part, at) => (at % 2 === 1 ? part : replaceIn(part, parts[at - 2], to))).join('');
}

function replaceWord(word: string, to: Replacement): string {
  if (looksLikeToken(word)) return to.secret(word, '');
  return ADDRESS.test(word) ? to.address(word) : word;
}
