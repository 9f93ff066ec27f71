import { UserError } from '../../../core/user-error.ts';

const DENIED = 'Calls that need it are denied.';

export const redisNotInstalled = (): UserError =>
  new UserError({
    code: 'REDIS_NOT_INSTALLED',
    message: 'The state cannot be kept in Redis.',
    because: 'The package "redis" is not installed; policylayer comes without it.',
    hint: 'Install it beside policylayer: npm install redis (with -g where policylayer was installed with -g).',
  });

export const redisAddressNotUnderstood = (): UserError =>
  new UserError({
    code: 'REDIS_ADDRESS_NOT_UNDERSTOOD',
    message: 'The address of the state cannot be read.',
    because: 'It is no URL of the form redis://[user:password@]host[:port][/database].',
    hint: 'Write characters such as "@" and "/" in a password as %40 and %2F, and use rediss:// for TLS.',
  });

export const redisUnreachable = (where: string, because: string): UserError =>
  new UserError({
    code: 'REDIS_UNREACHABLE',
    message: `The state at "${where}" cannot be reached. ${DENIED}`,
    because,
    hint: 'Check that Redis runs there and that nothing blocks the way. A running gateway goes on as soon as it answers.',
  });

export const redisRefused = (where: string, because: string): UserError =>
  new UserError({
    code: 'REDIS_REFUSED',
    message: `Redis at "${where}" refused a command. ${DENIED}`,
    because,
    hint: 'Check the user and password in the address, the memory of Redis, and that it is no read-only replica.',
  });
