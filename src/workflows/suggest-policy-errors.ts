import { UserError } from '../core/user-error.ts';

export const nothingRecorded = (server: string | undefined): UserError =>
  new UserError({
    code: 'NOTHING_RECORDED',
    message: 'There is nothing to make a policy of.',
    because: `The audit log holds no call${server === undefined ? '' : ` of "${server}"`} that fits.`,
    hint: 'Run the gateway with --observe for a while: it lets everything through and records it.',
  });

export const severalRecorded = (servers: readonly string[]): UserError =>
  new UserError({
    code: 'SEVERAL_RECORDED',
    message: 'A policy is for one server.',
    because: `The audit log holds calls of ${servers.join(', ')}.`,
    hint: 'Name one of them with --server.',
  });
