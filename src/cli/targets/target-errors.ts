/** What can be wrong with how servers are named, and with what they are given. Values of headers and environment are never repeated. */
import { UserError } from '../../core/user-error.ts';

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
    hint: 'Leave --all out to scan the server that is named, or leave the name out to scan all.',
  });

export const optionForNamed = (option: string): UserError =>
  new UserError({
    code: 'OPTION_FOR_NAMED',
    message: `The option ${option} was given, but no server was named.`,
    because: 'It would be handed to every server, and each is a stranger to the others.',
    hint: `Name the server that ${option} is for.`,
  });

export const optionWithoutUse = (option: string, kind: string): UserError =>
  new UserError({
    code: 'OPTION_WITHOUT_USE',
    message: `The option ${option} was given, but nothing would use it.`,
    because: `None of the targets is a ${kind}.`,
    hint: `Leave ${option} out, or name a ${kind}.`,
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
    hint: 'Leave the header out to send what the variable of --token-env holds, or leave --token-env out to send the header.',
  });
