/** What can be wrong with what `check` and `test` are given. */
import { UserError } from '../../core/user-error.ts';

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
    hint: 'Leave --no-server out to hold the policies against the server, or leave the server out to check the files alone.',
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
    hint: 'Leave --cases out to test the one call, or leave the tool and --args out to test the file.',
  });
