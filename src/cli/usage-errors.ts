/** What a command line can get wrong that is no matter of servers, policies or sign-ins. */
import { UserError } from '../core/user-error.ts';

interface UsageParts {
  /** The command that was named, where there is such a one. */
  readonly command: string | undefined;
  readonly isUnknownOption: boolean;
}

export const usageNotUnderstood = (because: string, { command, isUnknownOption }: UsageParts): UserError =>
  new UserError({
    code: 'USAGE',
    message: 'The command line could not be understood.',
    because,
    hint: `Run "policylayer ${command === undefined ? '' : `${command} `}--help" to see what can be given.${
      ['scan', 'explain', 'check'].includes(command ?? '') && isUnknownOption
        ? ' Options of the server itself go behind "--".'
        : ''
    }`,
  });

/** `within` is a command that has commands of its own. */
export const noCommand = (within?: string): UserError =>
  new UserError({
    code: 'NO_COMMAND',
    message: 'No command was given, so nothing was done.',
    because: `policylayer ${within === undefined ? '' : `${within} `}does nothing by itself.`,
    hint: `Name one of the commands above, for example "policylayer ${within === undefined ? 'scan' : `${within} list`} --help".`,
  });

export const noTool = (): UserError =>
  new UserError({
    code: 'NO_TOOL',
    message: 'A server and one of its tools have to be named, so nothing was explained.',
    because: 'The last word is the tool, and the words before it, or those after "--", name the server.',
    hint: 'Name both, for example "policylayer explain npm:@modelcontextprotocol/server-memory read_graph".',
  });

export const severalToExplain = (servers: number): UserError =>
  new UserError({
    code: 'SEVERAL_TO_EXPLAIN',
    message: 'Only a tool of one server can be explained at a time.',
    because: `${servers} servers were named; the last word before "--" is the tool.`,
    hint: 'Name one server, either before the tool or as a command after "--".',
  });

export const noInput = (): UserError =>
  new UserError({
    code: 'NO_INPUT',
    message: 'No tools were given, so nothing was classified.',
    because: 'There is no file, and stdin is a terminal.',
    hint: 'Name a file, or pipe a tools/list result in, as in "policylayer classify tools.json".',
  });

export const severalPolicies = (): UserError =>
  new UserError({
    code: 'SEVERAL_POLICIES',
    message: 'The policies of several servers cannot be printed as one.',
    because: '"--format policy" prints one policy, and several servers were named.',
    hint: 'Write a file a server with -o policies/, or scan one server.',
  });
