import type { EnforcementOptions } from '../../gateway/enforcement.ts';
import type { GatewayEvent } from '../../gateway/event.ts';
import { openServingStore } from '../../io/state/serving-store.ts';
import { renderGatewayEvent } from '../../render/gateway/gateway-event.ts';
import { statePlace } from '../state/state-place.ts';
import type { Terminal } from '../terminal.ts';
import { APPROVAL_SECONDS, type GatewayFlags } from './gateway-flags.ts';

/** What the command line says of how policies are enforced. `about` is the server that is told of when the state fails. */
export async function openEnforcement(
  about: string,
  flags: GatewayFlags,
  terminal: Terminal,
): Promise<Omit<EnforcementOptions, 'server' | 'policy'>> {
  const log = (event: GatewayEvent): void => {
    const line = renderGatewayEvent(event, new Date(), flags.log);
    if (line !== null) terminal.note(line);
  };
  const store = await openServingStore(statePlace(flags, terminal.env), ({ message, because }) =>
    log({ event: 'state-failed', level: 'error', server: about, message: `${message} ${because}` }),
  );
  return {
    store,
    isObserving: flags.observe === true,
    whenStateFails: flags.stateFail === 'open' ? 'allow' : 'deny',
    approvalTimeoutMs: (flags.approvalTimeout ?? APPROVAL_SECONDS) * 1000,
    log,
    now: Date.now,
  };
}
