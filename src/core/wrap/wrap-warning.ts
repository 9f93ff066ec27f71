/** What a person should know of an entry that comes to run behind the gateway. The sentences are made here. */

export function headersLeftOut(names: readonly string[]): string {
  const headers = names.length === 1 ? `The header ${listed(names)} is` : `The headers ${listed(names)} are`;
  return `${headers} in the entry but not in policylayer.yaml, and so will not be sent. "policylayer init" brings the file up to date.`;
}

export const fromEnvironmentOnly = (names: readonly string[], client: string): string =>
  `The entry has no value for ${listed(names)}: ${names.length === 1 ? 'it has' : 'they have'} to be in the environment in which ${client} runs.`;

export const stillApproved = (message: string): string =>
  `${message.replace(/\.$/, '')}. That stays; the gateway holds such calls to the policy as well.`;

export const partOfProject = (): string =>
  'The file is part of a project, and the entry will name paths of this machine: do not share it so.';

export const signInNeeded = (): string =>
  'The client signed in to this server, if it had to; now the gateway does: see "policylayer auth login".';

export const otherDirectory = (): string =>
  'The entry says where the server is started, and policylayer.yaml says otherwise: that holds from now on.';

const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
