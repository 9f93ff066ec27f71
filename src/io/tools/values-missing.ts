import { UserError } from '../../core/user-error.ts';

export const valuesMissing = (server: string, names: readonly string[]): UserError =>
  new UserError({
    code: 'VALUES_MISSING',
    message: `The server "${server}" was not reached.`,
    because: `${names.length === 1 ? 'A value is' : 'Values are'} missing: ${names.join(', ')}. Neither the environment nor the configuration of a client that holds this server has ${names.length === 1 ? 'it' : 'them'}.`,
    hint: `Set ${names.join(' and ')}, for example with "export ${names[0]}=...".`,
  });
