import type { Command } from 'commander';
import type { Invocation } from '../invocation.ts';
import { addAuthListCommand } from './auth-list.ts';
import { addAuthLoginCommand } from './auth-login.ts';
import { addAuthLogoutCommand } from './auth-logout.ts';

/** `policylayer auth`: the sign-ins to remote servers. */
export function addAuthCommand(command: Command, invocation: Invocation): void {
  addAuthLoginCommand(command.command('login'), invocation);
  addAuthListCommand(command.command('list'), invocation);
  addAuthLogoutCommand(command.command('logout'), invocation);
}
