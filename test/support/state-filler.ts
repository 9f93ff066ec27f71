/** Writes into a state until it refuses, and says how much was written and why it stopped. */
import { openStore } from '../../src/io/state/open-store.ts';
import { entry } from './audit-entries.ts';

const store = await openStore(process.argv[2] ?? '');
let written = 0;
let refused = '';
while (refused === '') {
  try {
    await store.record(entry());
    written += 1;
  } catch (error) {
    refused = String((error as { code?: string }).code ?? error);
  }
}
process.stdout.write(JSON.stringify({ written, refused }));
