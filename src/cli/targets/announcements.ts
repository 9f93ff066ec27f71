import { printableTarget } from '../../core/server/printable-target.ts';
import type { ServerSpec } from '../../core/server/server-spec.ts';
import { printable } from '../../render/text/printable.ts';

/**
 * What is said before anything is started: each command, and each address that was written down somewhere and not typed,
 * with the names of the values that go there.
 */
export function announcements(specs: readonly ServerSpec[]): string[] {
  return specs.flatMap((spec) => {
    if (spec.kind === 'file' || (spec.kind === 'http' && spec.filledIn === undefined)) return [];
    const { given = [], missing = [] } = spec.filledIn ?? {};
    if (missing.length > 0) return [];
    const values = given.length === 0 ? '' : `, with ${given.join(', ')}`;
    return [printable(`${spec.kind === 'http' ? 'Connecting to' : 'Starting'}: ${printableTarget(spec)}${values}`)];
  });
}
