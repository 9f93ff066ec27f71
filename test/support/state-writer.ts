/** One of several processes on one state: calls until it was denied, or for ever, and says each call that passed. */
import { openStore } from '../../src/io/state/open-store.ts';
import { entry, limit } from './audit-entries.ts';

const [where = '', max = '', name = ''] = process.argv.slice(2);
const store = await openStore(where);
for (let at = 1; ; at += 1) {
  const call = `${name}-${at}`;
  const reserved = await store.reserveAndRecord(
    { grant: 'local', server: 'files' },
    [limit(Number(max), { window: 'hour' })],
    (full) => entry({ call, outcome: full === null ? 'allowed' : 'denied' }),
  );
  if (!reserved.ok) break;
  // One write is one line in the pipe, whole, even where the process is killed right after it.
  await new Promise((resolve) => process.stdout.write(`${call}\n`, resolve));
}
await store.close();
