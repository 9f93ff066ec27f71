import type { Command } from 'commander';
import type { Invocation } from '../invocation.ts';
import { addGrantAddCommand } from './grant-add.ts';
import { addGrantListCommand } from './grant-list.ts';
import { addGrantRevokeCommand } from './grant-revoke.ts';
import { addGrantRotateCommand } from './grant-rotate.ts';

/** `policylayer grant`: who may call through the gateway. */
export function addGrantCommand(command: Command, invocation: Invocation): void {
  addGrantAddCommand(command.command('add'), invocation);
  addGrantListCommand(command.command('list'), invocation);
  addGrantRotateCommand(command.command('rotate'), invocation);
  addGrantRevokeCommand(command.command('revoke'), invocation);
}
