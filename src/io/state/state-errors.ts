/** Why the state cannot be used. Whoever needs it denies: none of these may look like "yes". */
import { UserError } from '../../core/user-error.ts';
import { systemErrorText } from '../system-error.ts';

const DENIED = 'Calls that need it are denied.';

export const stateLocked = (where: string, patienceMs: number): UserError =>
  new UserError({
    code: 'STATE_LOCKED',
    message: `The state "${where}" is locked. ${DENIED}`,
    because: `Another process did not let go of it for ${patienceMs} ms.`,
    hint: 'Look for a process that stands still in the middle of writing, and end it.',
  });

export const stateFull = (where: string): UserError =>
  new UserError({
    code: 'STATE_FULL',
    message: `Could not write to the state "${where}". ${DENIED}`,
    because: 'The disk is full.',
    hint: 'Make room on the disk; what was written before is kept, and nothing has to be started again.',
  });

export const stateNotWritable = (where: string, code: string): UserError =>
  new UserError({
    code: 'STATE_NOT_WRITABLE',
    message: `Could not write to the state "${where}". ${DENIED}`,
    because: `The file cannot be read or written (${code}).`,
    hint: 'Check that you may write there, that the disk works, and that no limit on the size of files is reached.',
  });

export const stateNotOpened = (where: string, cause: NodeJS.ErrnoException): UserError =>
  new UserError({
    code: 'STATE_NOT_OPENED',
    message: `Could not open the state "${where}". ${DENIED}`,
    because: systemErrorText(cause),
    hint: 'Check that you may write there, or name another file with --state.',
  });

export const stateNotAFile = (where: string): UserError =>
  new UserError({
    code: 'STATE_NOT_A_FILE',
    message: `Could not open the state "${where}". ${DENIED}`,
    because: 'It is a pipe or a device, and no file.',
    hint: 'Name another file with --state, or move this one away; a new one is then made.',
  });

export const stateNotOurs = (where: string): UserError =>
  new UserError({
    code: 'STATE_NOT_OURS',
    message: `"${where}" is no state of policylayer, and was not changed. ${DENIED}`,
    because: 'It is another kind of file, or it is damaged.',
    hint: 'Name another file with --state, or move this one away; a new one is then made.',
  });

/** Where the state is whole as a database, and not as ours. */
export const stateDamaged = (where: string, because: string): UserError =>
  new UserError({
    code: 'STATE_DAMAGED',
    message: `The state "${where}" is not as policylayer made it. ${DENIED}`,
    because,
    hint: 'Put back a copy that you have, or move this file away; a new one is then made.',
  });

/** The same of what holds the record, which is one way to remove rows from it. */
export const recordDamaged = (where: string, because: string): UserError =>
  new UserError({
    code: 'RECORD_DAMAGED',
    message: `The audit log in the state "${where}" was changed. ${DENIED}`,
    because,
    hint: 'Put back a copy that you have, or keep this file as evidence elsewhere; a new one is then made.',
  });

export const stateTooNew = (where: string, version: number, known: number): UserError =>
  new UserError({
    code: 'STATE_TOO_NEW',
    message: `The state "${where}" was written by a newer policylayer, and was not changed. ${DENIED}`,
    because: `It has version ${version}; this policylayer knows versions up to ${known}.`,
    hint: 'Install the newer policylayer, or name another file with --state.',
  });

export const stateReplaced = (where: string): UserError =>
  new UserError({
    code: 'STATE_REPLACED',
    message: `The state "${where}" was removed or replaced while it was in use. ${DENIED}`,
    because: 'What is written now would be lost, and counters would start anew.',
    hint: 'Put the file back, or start this process again to begin with a new one.',
  });

export const stateMissing = (where: string): UserError =>
  new UserError({
    code: 'STATE_MISSING',
    message: `There is no state "${where}".`,
    because: 'No gateway has written there, and no grant was added.',
    hint: 'Name the state that the gateway uses with --state.',
  });

export const argumentsTooLarge = (tool: string, maxChars: number): UserError =>
  new UserError({
    code: 'ARGUMENTS_TOO_LARGE_TO_SHOW',
    message: `The call of "${tool}" cannot be put before a person, so it is denied.`,
    because: `Its arguments are longer than ${maxChars} characters, and nobody approves what cannot be read.`,
    hint: 'Let the agent split the call up.',
  });
