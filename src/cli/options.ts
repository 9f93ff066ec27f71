/** Options that the commands share. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { RISKS, type Risk } from '../core/verdict.ts';
import { FORMATS, type Format } from '../render/report/format.ts';

/** How a report is judged, written and printed. */
export interface ReportFlags {
  readonly output?: string;
  readonly force?: boolean;
  /** Read with `formatOf`. */
  readonly format: Format;
  readonly json?: boolean;
  readonly failOn?: Risk;
  readonly catalog: boolean;
  readonly color: boolean;
}

/** How servers are reached. */
export interface TargetFlags {
  readonly header?: readonly string[];
  /** The name of a variable, never a token. */
  readonly tokenEnv?: string;
  readonly env?: readonly string[];
  readonly cwd?: string;
  /** Seconds. */
  readonly timeout?: number;
}

/** What can be called. */
export const SERVERS_HELP =
  'a name from policylayer.yaml or a client, an http(s):// URL, npm:PACKAGE [args], or pypi:PACKAGE [args]';
/** What can be listed. */
export const TARGETS_HELP =
  'a name from policylayer.yaml or a client, an http(s):// URL, npm:PACKAGE [args], pypi:PACKAGE [args], or a JSON file of tools';

export function addReportOptions(command: Command): Command {
  return command
    .option('-o, --output <file>', 'write the policy there: .yaml and .yml as YAML, a directory/ for several servers')
    .option('--force', 'replace a policy that is there; the old one is kept beside it')
    .addOption(new Option('-f, --format <format>', 'what to print').choices(FORMATS).default('text'))
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .addOption(new Option('--fail-on <risk>', 'exit with 1 when a tool has this risk or a higher one').choices(RISKS))
    .option('--no-catalog', 'judge by the rules alone: neither the catalog nor your overrides')
    .option('--no-color', 'print without colours');
}

/** The options that say how servers are reached. */
export function addTargetOptions(command: Command): Command {
  return command
    .option('-H, --header <"name: value">', 'send this header to the server; may be repeated', collect)
    .option('--token-env <name>', 'send the token in this environment variable to the server, as a bearer token')
    .option('-e, --env <name[=value]>', 'set for the server; NAME alone hands on your own; may be repeated', collect)
    .option('--cwd <directory>', 'where to start the server')
    .option('--timeout <seconds>', 'how long one server may take', parseSeconds);
}

export function formatOf({ format, json }: Pick<ReportFlags, 'format' | 'json'>): Format {
  return json ? 'json' : format;
}

/** For an option that may be given several times. */
export function collect(value: string, collected: readonly string[] = []): readonly string[] {
  return [...collected, value];
}

/** Longer than a day is a slip of the keyboard, and more than a timer can hold turns into none. */
const MAX_SECONDS = 86_400;

export function parseSeconds(value: string): number {
  const seconds = Number(value);
  if (value.trim() === '' || !(seconds > 0) || seconds > MAX_SECONDS)
    throw new InvalidArgumentError(`It is not a number of seconds above 0, ${MAX_SECONDS} at most.`);
  return seconds;
}
