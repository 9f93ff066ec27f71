import { type Command, InvalidArgumentError, Option } from 'commander';
import { AUDIT_OUTCOMES } from '../../core/audit/audit-entry.ts';
import type { Invocation } from '../invocation.ts';
import { parseSince } from '../state/parse-since.ts';
import { type AuditFlags, showAudit } from '../state/show-audit.ts';
import { flagsOf, stateOption } from '../state/state-place.ts';
import { addAuditVerifyCommand } from './audit-verify.ts';

/** `policylayer audit`: what the gateway decided, and what became of it. */
export function addAuditCommand(command: Command, invocation: Invocation): void {
  command
    .usage('[options] | verify [options]')
    .option('--server <name>', 'only this server')
    .option('--tool <name>', 'only this tool')
    .option('--grant <label>', 'only this caller; over stdio that is "local"')
    .addOption(new Option('--outcome <outcome...>', 'only these').choices(AUDIT_OUTCOMES))
    .option('--since <time>', 'from then on: 90s, 15m, 2h, 3d, or 2026-11-21T04:12Z', parseSince)
    .option('-n, --last <count>', 'only so many, the last ones', parseCount)
    .option('-f, --follow', 'go on with what is written from now on, until Ctrl-C')
    .addOption(stateOption())
    .option('--json', 'one JSON object a line')
    .option('--no-color', 'print without colours')
    .action((_flags: AuditFlags, self: Command) => showAudit(invocation.terminal, flagsOf<AuditFlags>(self)));
  addAuditVerifyCommand(command.command('verify'), invocation);
}

function parseCount(value: string): number {
  if (!/^[1-9]\d{0,6}$/.test(value)) throw new InvalidArgumentError('It is not a number from 1 to 9999999.');
  return Number(value);
}
