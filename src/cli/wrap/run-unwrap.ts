import { readClients } from '../../io/read-catalog.ts';
import { planUnwrap } from '../../workflows/wrap/plan-unwrap.ts';
import type { Terminal } from '../terminal.ts';
import { type ClientPlan, carryOut } from './carry-out.ts';
import { clientsMeant, refuseUnknown } from './run-wrap.ts';
import { clientNotNamed, nothingToUnwrap } from './wrap-errors.ts';
import type { WrapFlags } from './wrap-flags.ts';

/** Takes the servers of a client out from behind the gateway again. It needs no policylayer.yaml, only the backup. */
export async function runUnwrap(
  id: string | undefined,
  names: readonly string[],
  flags: WrapFlags,
  terminal: Terminal,
) {
  if (id === undefined && !flags.all) throw clientNotNamed();
  const clients = id === undefined ? readClients() : clientsMeant(id, flags);
  await refuseUnknown(clients, names, terminal);
  const plans: ClientPlan[] = [];
  for (const client of clients) {
    const plan = await planUnwrap(client, terminal.machine, names);
    // Who names nothing means what there is: the others are not worth a word.
    const skipped = plan.skipped.filter(({ why }) => why !== 'not-behind' || names.length > 0);
    plans.push({ client, ...plan, skipped });
  }
  await carryOut(plans, flags, {
    terminal,
    words: { command: 'unwrap', question: 'Take these out from behind the gateway?', done: 'as before' },
  });
  if (plans.some(({ skipped }) => skipped.some(({ why }) => why === 'no-backup'))) {
    if (plans.every(({ configs }) => configs.length === 0)) throw nothingToUnwrap(clients[0]?.title ?? '');
    terminal.exitCode = 2;
  }
  if (plans.every(({ configs, skipped }) => configs.length + skipped.length === 0))
    terminal.note('Nothing is behind the gateway, so nothing was changed.');
}
