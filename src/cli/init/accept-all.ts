import { type Candidate, isPreselected } from '../../core/init/candidate.ts';
import { planText } from '../../render/init/candidate-text.ts';
import { decideByPreset } from './decide.ts';
import { nothingChosen } from './errors.ts';
import type { InitFlags } from './flags.ts';
import { type Outcome, outcomeOf, type Session, scan, withPolicies } from './session.ts';

/** What is scanned where nobody is asked: what was named, else what is ready and the person's own. */
export function unaskedFor(candidates: readonly Candidate[], { servers }: InitFlags): readonly Candidate[] {
  return servers === undefined ? candidates.filter(isPreselected) : candidates;
}

/** Asks nothing: scans what may be, and decides by preset. */
export async function acceptAll(session: Session): Promise<Outcome> {
  const { candidates, flags, setting, terminal } = session;
  const wanted = unaskedFor(candidates, flags);
  const skipped = candidates.filter((candidate) => !wanted.includes(candidate));
  if (skipped.length > 0) terminal.note(planText(skipped, new Set(), setting.names).trimEnd());
  if (wanted.length === 0) throw nothingChosen();
  const chosen = await withPolicies(wanted, session);
  const scanned = await scan(chosen, session);
  const decided = scanned.servers.map((server) => decideByPreset(server, flags.preset ?? 'recommended'));
  return outcomeOf(decided, chosen, scanned, session);
}
