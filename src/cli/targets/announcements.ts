import { printableTarget } from '../../core/server/printable-target.ts';
import type { ServerSpec } from '../../core/server/server-spec.ts';
import { printable } from '../../render/text/printable.ts';

/**
 * What is said before anything is started: each command, and each address that was written down somewhere and not typed,
 * with the names of the values that go there. Where somebody is asked first, nothing is being started yet.
 */
export function announcements(specs: readonly ServerSpec[], { isAsked = false } = {}): string[] {
  const verbs = isAsked ? { http: 'To connect to', stdio: 'To start' } : { http: 'Connecting to', stdio: 'Starting' };
  return specs.flatMap((spec) => {
    if (spec.kind === 'file' || (spec.kind === 'http' && spec.filledIn === undefined)) return [];
    const { given = [], missing = [] } = spec.filledIn ?? {};
    if (missing.length > 0) return [];
    const values = given.length === 0 ? '' : `, with ${given.join(', ')}`;
    return [printable(`${verbs[spec.kind]}: ${printableTarget(spec)}${values}`)];
  });
}
