import { type Candidate, isPreselected } from '../../core/init/candidate.ts';
import {
  type CandidateNames,
  candidateDetail,
  candidateTarget,
  candidateTitle,
} from '../../render/init/candidate-text.ts';
import type { Terminal } from '../terminal.ts';
import { type Answered, askOrBack } from './ask-or-back.ts';
import { selectSome } from './inquirer.ts';

/** Lines of the screen that are not the list: the question, the details, the keys. */
const OTHER_LINES = 8;

/** Asks which servers may be started or asked. The whole of what would be run is on the screen before anybody can agree. */
export function chooseServers(
  candidates: readonly Candidate[],
  names: CandidateNames,
  { terminal, color }: { readonly terminal: Terminal; readonly color: boolean },
): Promise<Answered<readonly Candidate[]>> {
  const { columns, rows } = terminal.screen;
  const pageSize = Math.max(4, rows - OTHER_LINES);
  const choices = candidates.map((candidate) => ({
    value: candidate,
    name: `${candidateTitle(candidate, names)}\n     ${candidateTarget(candidate)}`,
    short: candidate.name,
    description: candidateDetail(candidate, names),
    checked: isPreselected(candidate),
  }));
  const lines = choices.flatMap(({ name }) => name.split('\n').map((line) => Math.ceil((line.length + 3) / columns)));
  // A list that scrolls hides what is preselected in it.
  if (lines.reduce((sum, taken) => sum + taken, 0) > pageSize)
    terminal.note(choices.map(({ name, description }) => `${name}\n     ${description}`).join('\n'));
  return askOrBack(terminal, { color }, (context) =>
    selectSome(context, {
      message: 'Which of these servers may be started and asked for their tools?',
      pageSize,
      choices,
    }),
  );
}
