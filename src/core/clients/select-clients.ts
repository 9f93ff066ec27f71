import { nearestNames } from '../nearest-names.ts';
import { UserError } from '../user-error.ts';
import type { Client } from './client.ts';

/** The clients with these ids, in the order of the catalog. Throws UserError for an id that no client has. */
export function selectClients(clients: readonly Client[], ids: readonly string[]): Client[] {
  const unknown = ids.find((id) => !clients.some((client) => client.id === id));
  if (unknown !== undefined)
    throw clientUnknown(
      unknown,
      clients.map(({ id }) => id),
    );
  return clients.filter(({ id }) => ids.includes(id));
}

export function clientUnknown(id: string, known: readonly string[]): UserError {
  const near = nearestNames(id, known).map((name) => `"${name}"`);
  return new UserError({
    code: 'CLIENT_UNKNOWN',
    message: `There is no client "${id}".`,
    because: `None of the clients known (${known.length}) has this id.`,
    hint: `${near.length === 0 ? '' : `Did you mean ${near.join(' or ')}? `}Run "policylayer clients --all" to see all of them.`,
  });
}
