/**
 * What a server's last lines say about why it ended. Weak inference from words that many programs use; it only chooses
 * the hint, and the lines themselves are shown with it.
 */
const MAX_NAMES = 3;
const MAX_TELLING_LENGTH = 200;

const PACKAGE_NOT_FOUND =
  /\bE404\b|404 Not Found|not found in the package registry|No matching distribution|No solution found|\bETARGET\b|manifest unknown|pull access denied|repository does not exist/i;
const BROKEN =
  /ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND|Cannot find (?:module|package)|does not provide an export|ERR_PACKAGE_PATH_NOT_EXPORTED|ERR_REQUIRE_ESM|^SyntaxError|^ReferenceError|is not a constructor|ImportError|ModuleNotFoundError|can't open file/im;
const USAGE = /^\s*usage\b|missing required argument|(?:unknown|specify a|missing) (?:sub-?)?command/im;
/** A list of options, whose "Usage" stood too far above the last lines. */
const OPTION = /^\s*(?:-\w,\s*)?--[\w-]+\s/;
const MIN_OPTIONS = 3;
const TELLING = /\berror\b|missing|required|must\b|cannot|can't|could not|not found|denied|invalid|failed/i;
/** Lines that say where, or something else; never why. */
const BESIDE =
  /^(?:-|npm (?:warn|notice|error code|ERR! code)|at |File "|node:|file:|throw |raise |\^|Node\.js v\d|Traceback |[{}])/;

const VARIABLE = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;
const CREDENTIAL_NAME = /_(?:KEY|TOKEN|SECRET|PASSWORD|PASS|PAT|ID|URL|URI|HOST|ENDPOINT|EMAIL|USER|USERNAME|DSN|SID)$/;
const VARIABLE_LINE =
  /environment|\benv\b|variable|must be|is required|missing|not set|not defined|provide|please set/i;
const ERROR_CODE = /^(?:ERR|NODE|UND|MODULE|UNABLE|CERT|DEP)_/;

export function saysPackageNotFound(lines: readonly string[]): boolean {
  return PACKAGE_NOT_FOUND.test(lines.join('\n'));
}

/** Whether the program fails to load its own code, as when it was published against another version of a library. */
export function saysBroken(lines: readonly string[]): boolean {
  return BROKEN.test(lines.join('\n'));
}

export function saysUsage(lines: readonly string[]): boolean {
  return USAGE.test(lines.join('\n')) || lines.filter((line) => OPTION.test(line)).length >= MIN_OPTIONS;
}

/** Environment variables the lines ask for, those left out that were given. */
export function missingVariables(lines: readonly string[], given: Readonly<Record<string, string>>): string[] {
  const asked = lines.flatMap((line) => {
    const names = [...line.matchAll(VARIABLE)].map(([name]) => name).filter((name) => !ERROR_CODE.test(name));
    return VARIABLE_LINE.test(line) ? names : names.filter((name) => CREDENTIAL_NAME.test(name));
  });
  return [...new Set(asked)].filter((name) => !Object.hasOwn(given, name)).slice(0, MAX_NAMES);
}

/** The line that says most: the first that speaks of an error, or the last; null where there is none. */
export function tellingLine(lines: readonly string[]): string | null {
  const spoken = lines.map((line) => line.trim()).filter((line) => line !== '' && !BESIDE.test(line));
  const line = spoken.find((candidate) => TELLING.test(candidate)) ?? spoken.at(-1);
  return line === undefined ? null : line.slice(0, MAX_TELLING_LENGTH);
}
