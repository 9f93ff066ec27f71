import { filesText } from '../../render/init/init-text.ts';
import { askOrBack, BACK } from './ask-or-back.ts';
import { chooseMode } from './choose-mode.ts';
import { chooseServers } from './choose-servers.ts';
import { decideByPreset, decideByReview } from './decide.ts';
import { selectOne } from './inquirer.ts';
import { type PlannedFile, plannedLines } from './outcome.ts';
import type { Chosen, Scanned } from './scan-chosen.ts';
import { type Outcome, outcomeOf, type Session, scan, withPolicies } from './session.ts';

/** Asks from question to question; null where the person leaves. */
export async function talk(session: Session): Promise<Outcome | null> {
  for (;;) {
    const answer = await chooseServers(session.candidates, session.setting.names, session);
    if (answer === BACK) continue;
    const chosen = await withPolicies(answer, session);
    const scanned = await scan(chosen, session);
    const outcome = await talkAbout(scanned, chosen, session);
    if (outcome !== BACK) return outcome;
  }
}

async function talkAbout(scanned: Scanned, chosen: readonly Chosen[], session: Session) {
  const { preset } = session.flags;
  const reviews = scanned.servers.flatMap((server) => server.reviews);
  for (;;) {
    const mode = preset === undefined ? await chooseMode(reviews, session) : ({ kind: 'preset', preset } as const);
    if (mode === BACK) return BACK;
    const decided =
      mode.kind === 'preset'
        ? scanned.servers.map((server) => decideByPreset(server, mode.preset))
        : await decideByReview(scanned.servers, mode, session);
    if (decided === BACK) continue;
    const outcome = await outcomeOf(decided, chosen, scanned, session);
    const answer = await agree(outcome.files, session);
    if (answer === 'write') return outcome;
    if (answer === 'leave') return null;
    if (preset !== undefined) return BACK;
  }
}

async function agree(files: readonly PlannedFile[], { terminal, color }: Session) {
  terminal.note(`\nWhat will be written\n${filesText(plannedLines(files))}\n`);
  return askOrBack(terminal, { color }, (context) =>
    selectOne<'write' | 'leave'>(context, {
      message: 'Write this?',
      pageSize: 4,
      choices: [
        { value: 'write', name: 'Yes, write it' },
        { value: 'leave', name: 'No, leave everything as it is' },
      ],
    }),
  );
}
