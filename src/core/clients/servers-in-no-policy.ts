import { type ConfigFinding, serverInNoPolicy } from './config-finding.ts';
import type { ReachableSpec } from './configured-server.ts';
import { isSameServer } from './identity.ts';
import type { Inventory } from './inventory.ts';

/** A finding for each entry in use whose server is none of the governed ones. `${env:NAME}` in these stands for any value. */
export function serversInNoPolicy({ servers }: Inventory, governed: readonly ReachableSpec[]): ConfigFinding[] {
  return servers
    .filter(({ spec, written }) => !governed.some((one) => isSameServer(spec, one) || isSameServer(written, one)))
    .flatMap(({ name, holders }) =>
      holders
        .filter(({ disabled, behind }) => !disabled && behind === undefined)
        .map(({ client, file, line }) => ({ ...serverInNoPolicy(), client, file, line, server: name })),
    );
}
