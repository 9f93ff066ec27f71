import { UserError } from '../../core/user-error.ts';

export const grantExists = (label: string): UserError =>
  new UserError({
    code: 'GRANT_EXISTS',
    message: `There is a grant "${label}" already. Nothing was changed.`,
    because: 'A label names one grant.',
    hint: 'Give another label; "grant rotate" replaces the token of this one, and "grant revoke" ends it.',
  });

export const grantUnknown = (label: string): UserError =>
  new UserError({
    code: 'GRANT_UNKNOWN',
    message: `There is no grant "${label}". Nothing was changed.`,
    because: 'No grant has this label, or it was revoked.',
    hint: 'Run "policylayer grant list" to see all of them.',
  });

export const grantWithoutServer = (label: string): UserError =>
  new UserError({
    code: 'GRANT_WITHOUT_SERVER',
    message: `The grant "${label}" was not made.`,
    because: 'No server was named, so that it could call nothing.',
    hint: 'Name a server with --server; it may be repeated.',
  });

export const approvalGone = (id: string): UserError =>
  new UserError({
    code: 'APPROVAL_GONE',
    message: `No call "${id}" waits for a decision. Nothing was decided.`,
    because: 'Somebody has decided, its time is over, or it was cancelled.',
    hint: 'Run "policylayer approvals" to see what waits.',
  });

export const noTerminalToWatch = (): UserError =>
  new UserError({
    code: 'NO_TERMINAL_TO_WATCH',
    message: 'Nobody can be asked here.',
    because: '--watch needs a terminal at which somebody sits.',
    hint: 'List the calls with "approvals --json", and decide with "approvals approve ID" or "approvals deny ID".',
  });
