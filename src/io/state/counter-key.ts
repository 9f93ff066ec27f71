import type { Reservation } from '../../core/policy/compile-policy.ts';
import type { Caller } from './store.ts';

/** A counter of the scope `grant` is one caller's own; of the scope `server` it is everybody's. */
export function counterKey({ grant, server }: Caller, { counter, window, scope }: Reservation): string {
  return JSON.stringify([server, scope === 'grant' ? grant : null, counter, window]);
}
