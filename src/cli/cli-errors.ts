/** What a command line can get wrong. Values of headers and environment are never repeated. */
import { UserError } from '../core/user-error.ts';
import { systemErrorText } from '../io/system-error.ts';

export const outputNotWritten = (cause: NodeJS.ErrnoException): UserError =>
  new UserError({
    code: 'OUTPUT_NOT_WRITTEN',
    message: 'Could not write to stdout.',
    because: systemErrorText(cause),
    hint: 'Check the disk or the program that stdout goes to.',
  });

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

export const noTarget = (because: string): UserError =>
  new UserError({
    code: 'NO_TARGET',
    message: 'No server was named, so nothing was scanned.',
    because,
    hint: 'Run "policylayer init" to choose servers, "policylayer scan --all" for all that your MCP clients know, or name one: a name, a URL, npm:PACKAGE, or a command after "--".',
  });

export const noServerFound = (): UserError =>
  new UserError({
    code: 'NO_SERVER_FOUND',
    message: 'No server was found, so nothing was scanned.',
    because: 'No configuration of an MCP client that could be read holds one.',
    hint: 'Run "policylayer clients" to see where was looked, or name a server: a URL, npm:PACKAGE, or a command after "--".',
  });

export const notStarted = (): UserError =>
  new UserError({
    code: 'NOT_STARTED',
    message: 'Nothing was started, as you said.',
    because: 'To list its tools a server has to be started.',
    hint: 'Name the servers that you want, as in "policylayer scan NAME".',
  });

export const allOrNamed = (): UserError =>
  new UserError({
    code: 'ALL_OR_NAMED',
    message: 'Either all servers are scanned or those that are named.',
    because: '--all was given together with a server.',
    hint: 'Leave one of them out.',
  });

export const optionForNamed = (option: string): UserError =>
  new UserError({
    code: 'OPTION_FOR_NAMED',
    message: `The option ${option} was given, but no server was named.`,
    because: 'It would be handed to every server, and each is a stranger to the others.',
    hint: `Name the server that ${option} is for.`,
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

export const noPolicy = (because: string): UserError =>
  new UserError({
    code: 'NO_POLICY',
    message: 'No policy was named, so nothing was checked.',
    because,
    hint: 'Name a policy, for example "policylayer check policy.json", and behind it a server that it should fit.',
  });

export const serverNotWanted = (): UserError =>
  new UserError({
    code: 'SERVER_NOT_WANTED',
    message: 'A server was named that is not to be asked, so nothing was checked.',
    because: '--no-server was given beside it.',
    hint: 'Leave one of them out.',
  });

export const severalToHoldAgainst = (servers: number): UserError =>
  new UserError({
    code: 'SEVERAL_TO_HOLD_AGAINST',
    message: 'A policy can be held against one server at a time.',
    because: `${servers} servers were named behind the policies.`,
    hint: 'Name one server, either behind the policies or as a command after "--".',
  });

export const noCall = (): UserError =>
  new UserError({
    code: 'NO_CALL',
    message: 'No call was given, so nothing was decided.',
    because: 'Behind the policy there is neither a tool nor --cases.',
    hint: `Name a tool, as in "policylayer test policy.json create_charge --args '{}'", or a file with --cases.`,
  });

export const callAndCases = (): UserError =>
  new UserError({
    code: 'CALL_AND_CASES',
    message: 'Either one call or a file of cases can be tested, so nothing was decided.',
    because: 'A tool or --args were given beside --cases.',
    hint: 'Leave one of them out.',
  });

export const noInput = (): UserError =>
  new UserError({
    code: 'NO_INPUT',
    message: 'No tools were given, so nothing was classified.',
    because: 'There is no file, and stdin is a terminal.',
    hint: 'Name a file, or pipe a tools/list result in, as in "policylayer classify tools.json".',
  });

export const headerMalformed = (position: number): UserError =>
  new UserError({
    code: 'HEADER_MALFORMED',
    message: `Header ${position} cannot be sent.`,
    because: 'It is not "Name: value" on one line.',
    hint: 'Write it as in --header "Authorization: Bearer TOKEN".',
  });

export const environmentInvalid = (position: number): UserError =>
  new UserError({
    code: 'ENV_INVALID',
    message: `Environment variable ${position} cannot be set.`,
    because: 'It is neither "NAME=VALUE" nor "NAME".',
    hint: 'Write it as in --env API_KEY=VALUE, or --env API_KEY to hand on your own.',
  });

export const environmentUnset = (name: string): UserError =>
  new UserError({
    code: 'ENV_UNSET',
    message: `The environment variable "${name}" is not set.`,
    because: 'It was to be handed on to the server with --env.',
    hint: `Set it, or give the value as in --env ${name}=VALUE.`,
  });

export const tokenUnset = (name: string, option: string): UserError =>
  new UserError({
    code: 'TOKEN_UNSET',
    message: `The environment variable "${name}" is not set.`,
    because: `It is to hold the secret that ${option} sends.`,
    hint: `Set it first; "read -rs ${/^\w+$/.test(name) ? name : 'NAME'}" and "export" keep it out of the history of a shell.`,
  });

export const tokenGivenTwice = (): UserError =>
  new UserError({
    code: 'TOKEN_GIVEN_TWICE',
    message: 'Cannot tell which token to send.',
    because: 'Both --token-env and --header "Authorization: ..." were given.',
    hint: 'Leave one of them out.',
  });

export const clientIdMissing = (option: string): UserError =>
  new UserError({
    code: 'CLIENT_ID_MISSING',
    message: `The option ${option} was given, but nothing would use it.`,
    because: 'It belongs to a client that was registered by hand.',
    hint: `Name that client with --client-id, or leave ${option} out.`,
  });

export const noUrl = (): UserError =>
  new UserError({
    code: 'NO_URL',
    message: 'Cannot tell which server is meant.',
    because: 'One signs in to a server behind a URL.',
    hint: 'Give its http(s):// URL.',
  });

export const noTerminal = (): UserError =>
  new UserError({
    code: 'NO_TERMINAL',
    message: 'Nobody is there to sign in.',
    because: 'A sign-in asks first and waits for the browser, so it needs a terminal.',
    hint: 'Run this at a terminal, or give "policylayer scan" a token with --token-env NAME or --header "Authorization: Bearer TOKEN".',
  });

export const notSignedIn = (address: string): UserError =>
  new UserError({
    code: 'NOT_SIGNED_IN',
    message: `There is no sign-in to ${address}.`,
    because: 'None is kept for this address, letter by letter.',
    hint: 'Run "policylayer auth list" to see those that are.',
  });

export const severalPolicies = (): UserError =>
  new UserError({
    code: 'SEVERAL_POLICIES',
    message: 'The policies of several servers cannot be printed as one.',
    because: '"--format policy" prints one policy, and several servers were named.',
    hint: 'Write a file a server with -o policies/, or scan one server.',
  });

export const optionWithoutUse = (option: string, kind: string): UserError =>
  new UserError({
    code: 'OPTION_WITHOUT_USE',
    message: `The option ${option} was given, but nothing would use it.`,
    because: `None of the targets is a ${kind}.`,
    hint: `Leave ${option} out, or name a ${kind}.`,
  });

export const noServerToGuard = (because: string): UserError =>
  new UserError({
    code: 'NO_SERVER_TO_GUARD',
    message: 'There is no server to stand in front of.',
    because,
    hint: 'Give one: policylayer gateway --policy policy.json -- node server.js, a URL, npm:PACKAGE, or a name from policylayer.yaml.',
  });

export const noPolicyToEnforce = (because: string): UserError =>
  new UserError({
    code: 'NO_POLICY_TO_ENFORCE',
    message: 'There is no policy to enforce, so the server was not started.',
    because,
    hint: 'Name one with --policy FILE; "policylayer scan -o FILE" writes one.',
  });

export const listenAddressMalformed = (): UserError =>
  new UserError({
    code: 'LISTEN_ADDRESS_MALFORMED',
    message: 'Cannot tell where to listen.',
    because: '--listen is neither HOST:PORT nor a port.',
    hint: 'Write it as in --listen 127.0.0.1:7777, or --listen [::1]:7777.',
  });
