import type { Person } from '../../io/oauth/person.ts';
import { printable } from '../../render/text/printable.ts';
import type { Terminal } from '../terminal.ts';
import type { Progress } from './progress.ts';

const WAITING = 'Waiting for the browser. Should it be unable to come back, paste the address it ends at:';

const shown = (text: string): string => printable(text, { maxChars: 300 });

/** Whoever sits at the terminal. The spinner rests while they are asked; of several sign-ins each waits for its turn. */
export function personAt(terminal: Terminal, { pause, resume }: Pick<Progress, 'pause' | 'resume'>): Person {
  let last: Promise<unknown> = Promise.resolve();
  return {
    attend(signIn) {
      const turn = last.then(async () => {
        pause();
        return signIn().finally(resume);
      });
      last = turn.catch(() => {});
      return turn;
    },
    async agrees({ server, address, authorizationServer, page }) {
      terminal.note(`The server "${shown(server)}" (${shown(address)}) wants you to sign in.`);
      terminal.note(`Its authorisation server is ${shown(authorizationServer)}.`);
      const { confirm } = await import('./ask.ts');
      return confirm(terminal, `Open a page of ${shown(page)} in the browser?`);
    },
    async visit(address) {
      const { openBrowser } = await import('./open-browser.ts');
      terminal.note(`Sign in at ${printable(address, { maxChars: 8000 })}`);
      if (!(await openBrowser(address, terminal.env)))
        terminal.note('No browser could be started: open this address yourself.');
    },
    async paste(take, signal) {
      const { askFor } = await import('./ask.ts');
      const validate = (line: string) =>
        take(addressIn(line)) || 'That is not the address of the answer: it begins with http://127.0.0.1';
      await askFor(terminal, { message: WAITING, validate, signal });
    },
  };
}

/** The last address of a line: it may be quoted, or follow what was typed before. */
const addressIn = (line: string): string => line.match(/https?:\/\/[^\s"'<>]+/g)?.at(-1) ?? line;
