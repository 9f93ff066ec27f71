/** Finds what looks like a secret in a command line or an address. Weak inference: it errs towards hiding. */

export const MASK = '***';

const SECRET_NAME =
  /token|key|secret|passw|pwd|auth|credential|bearer|cookie|jwt|(?:^|[^a-z])(?:pass|pat|pin|sid)(?:[^a-z]|$)/i;
const HEADER_FLAG = /^(?:-H|--headers?)$/;
/** As curl takes them; two numbers are those of a user and a group. */
const USER_FLAG = /^(?:-u|--user)$/;
/** A member of a JSON object whose name is that of a secret, and its value. */
const JSON_SECRET = new RegExp(
  String.raw`("[^"]*(?:${SECRET_NAME.source})[^"]*"\s*:\s*)("?)(?:(?<=")(?:[^"\\]|\\.)*|[^\s,{}[\]"]+)`,
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

/** The address without user, password, query and fragment; a path segment that looks like a token is masked. */
export function maskAddress(address: string): string {
  const [, scheme, rest] = ADDRESS.exec(address) ?? [];
  if (scheme === undefined || rest === undefined) return address;
  return scheme + rest.split('/').map(maskWord).join('/');
}

/** The arguments of a command, secret-looking values replaced by `***`. */
export function maskArguments(args: readonly string[]): string[] {
  return args.map((arg, at) => maskArgument(arg, args[at - 1]));
}

function maskArgument(arg: string, before: string | undefined): string {
  if (before !== undefined && HEADER_FLAG.test(before)) return arg.replace(/^([^:=]*[:=]\s*).*$/s, `$1${MASK}`);
  if (before !== undefined && USER_FLAG.test(before)) return arg.replace(/^([^:]*:)(?!\d+$).+$/s, `$1${MASK}`);
  const isValueOfSecret = before !== undefined && /^--?[^=]+$/.test(before) && SECRET_NAME.test(before);
  if (isValueOfSecret && !arg.startsWith('-')) return MASK;
  if (/^\s*[{[]/.test(arg)) return arg.replace(JSON_SECRET, `$1$2${MASK}`);
  const [, name, value] = /^([\w.-]+(?:=|:(?!\/\/)\s*))(.*)$/s.exec(arg) ?? [];
  if (name !== undefined && SECRET_NAME.test(name)) return name + MASK;
  if (/[\s;]/.test(arg) && !ADDRESS.test(arg)) return maskWordsIn(arg);
  return name === undefined || value === undefined ? maskWord(arg) : name + maskArgument(value, undefined);
}

/** What a shell is given to run, and a list of settings, are words of their own. */
function maskWordsIn(text: string): string {
  const parts = text.split(/([\s;]+)/);
  return parts.map((part, at) => (at % 2 === 1 ? part : maskArgument(part, parts[at - 2]))).join('');
}

function maskWord(word: string): string {
  return looksLikeToken(word) ? MASK : ADDRESS.test(word) ? maskAddress(word) : word;
}
