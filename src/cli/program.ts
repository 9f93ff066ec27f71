import { Command, CommanderError } from 'commander';
import { packageVersion } from '../io/package-version.ts';
import type { Invocation } from './invocation.ts';
import type { Terminal } from './terminal.ts';

/** Gives a command its arguments, options and action. */
type AddCommand = (command: Command, invocation: Invocation) => void;

/** What `--help` lists. The rest of a command is loaded when it is named, so that more commands do not cost more time. */
const COMMANDS: Readonly<Record<string, { description: string; load: () => Promise<AddCommand> }>> = {
  init: {
    description: 'find the servers of the clients on this machine, decide about their tools, and write policies',
    load: async () => (await import('./commands/init.ts')).addInitCommand,
  },
  scan: {
    description: 'list the tools of MCP servers, classify each, and recommend a policy',
    load: async () => (await import('./commands/scan.ts')).addScanCommand,
  },
  classify: {
    description: 'the same for tools that were listed already: a file or stdin, no connection',
    load: async () => (await import('./commands/classify.ts')).addClassifyCommand,
  },
  explain: {
    description: 'everything about one tool: what it does, why it needs a policy, its rule, and how it is abused',
    load: async () => (await import('./commands/explain.ts')).addExplainCommand,
  },
  check: {
    description: 'whether policies are valid, and fit their servers as they are now',
    load: async () => (await import('./commands/check.ts')).addCheckCommand,
  },
  test: {
    description: 'what a policy does with a call: allowed, denied, or asked about, and by which rule',
    load: async () => (await import('./commands/test.ts')).addTestCommand,
  },
  gateway: {
    description: 'stand between a client and a server, and enforce a policy on every call',
    load: async () => (await import('./commands/gateway.ts')).addGatewayCommand,
  },
  clients: {
    description: 'the servers that the MCP clients on this machine hold, and what is dangerous in their settings',
    load: async () => (await import('./commands/clients.ts')).addClientsCommand,
  },
  wrap: {
    description: 'put the servers of a client behind the gateway, by changing its configuration',
    load: async () => (await import('./commands/wrap.ts')).addWrapCommand,
  },
  unwrap: {
    description: 'put the configuration of a client back as it was before wrap',
    load: async () => (await import('./commands/unwrap.ts')).addUnwrapCommand,
  },
  grant: {
    description: 'who may call through the gateway: labelled tokens, added, listed, rotated and revoked',
    load: async () => (await import('./commands/grant.ts')).addGrantCommand,
  },
  approvals: {
    description: 'the calls that wait for a person: list, show, approve, deny',
    load: async () => (await import('./commands/approvals.ts')).addApprovalsCommand,
  },
  audit: {
    description: 'what the gateway decided about every call, and whether the record is whole',
    load: async () => (await import('./commands/audit.ts')).addAuditCommand,
  },
  suggest: {
    description: 'the tightest policy that would have allowed what was recorded',
    load: async () => (await import('./commands/suggest.ts')).addSuggestCommand,
  },
  auth: {
    description: 'sign in to a server in the browser, list those you signed in to, sign out',
    load: async () => (await import('./commands/auth.ts')).addAuthCommand,
  },
};

/** Commands to which the words after `--` are the command line of a server. */
const STARTING: ReadonlySet<string | undefined> = new Set(['scan', 'explain', 'check', 'gateway']);

/** Parses and runs a command line. Throws UserError where it is wrong. */
export async function runProgram(commandLine: readonly string[], terminal: Terminal): Promise<void> {
  const args = withHelpBehind(commandLine);
  const [named] = args;
  const dashes = STARTING.has(named) ? args.indexOf('--') : -1;
  const help: string[] = [];
  const program = createProgram(terminal, help);
  for (const [name, { description, load }] of Object.entries(COMMANDS)) {
    // A command of the program inherits its exitOverride; one that is made apart would write to the real stderr and exit.
    const command = program.command(name).description(description);
    if (name !== named) continue;
    const addCommand = await load();
    addCommand(command, { terminal, afterDashes: dashes < 0 ? [] : args.slice(dashes + 1) });
  }
  try {
    const ours = dashes < 0 ? args : args.slice(0, dashes);
    await program.parseAsync(ours, { from: 'user' }).finally(() => terminal.out(help.join('')));
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander exits with the code that stands before it judges, which says "could not tell".
    const isHelpAskedFor = error.code === 'commander.help' && args.slice(0, 2).includes('help');
    if (error.exitCode === 0 || isHelpAskedFor) return;
    const { noCommand, usageNotUnderstood } = await import('./usage-errors.ts');
    const understood = Object.hasOwn(COMMANDS, named ?? '') ? named : undefined;
    if (error.code === 'commander.help') throw noCommand(understood);
    const within = program.commands.find((command) => command.name() === understood)?.commands;
    const nested = within?.find((command) => command.name() === args[1])?.name();
    throw usageNotUnderstood(usageCause(error), {
      command: nested === undefined ? understood : `${understood} ${nested}`,
      isUnknownOption: error.code === 'commander.unknownOption',
    });
  }
}

/** `help scan` as `scan --help`. Nothing is left behind a command that is unknown: help would hide that it is. */
function withHelpBehind(args: readonly string[]): readonly string[] {
  const isHelp = args[0] === 'help' && args[1] !== undefined && !args[1].startsWith('-');
  const words = isHelp ? [...args.slice(1), '--help'] : args;
  const [named] = words;
  const isKnown = named === undefined || named === 'help' || named.startsWith('-') || Object.hasOwn(COMMANDS, named);
  return isKnown ? words : [named];
}

function createProgram(terminal: Terminal, help: string[]): Command {
  return new Command('policylayer')
    .usage('<command> [options]')
    .description('Says what MCP tools can do, writes a policy that denies the rest, and holds every call to it.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', '\nExit codes: 0 yes, 1 no, 2 could not tell.')
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => help.push(text),
      writeErr: (text) => terminal.note(text),
      outputError: () => {},
      getOutHelpWidth: () => terminal.columns ?? 80,
      getErrHelpWidth: () => terminal.columns ?? 80,
    });
}

/** Commander's sentence, without its own "error:", and without the value of a misspelt option: it may be a secret. */
function usageCause({ message }: CommanderError): string {
  const sentence = message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/^(unknown option '-[^=']*=).*'/, "$1***'");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${/[.)]$/.test(sentence) ? '' : '.'}`;
}
