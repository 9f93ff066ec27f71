import { printable } from '../text/printable.ts';
import { renderTable } from '../text/table.ts';

/** What may be shown of a sign-in. */
export interface SignIn {
  readonly server: string;
  readonly authorizationServer: string;
  /** ISO 8601; null where the server did not say. */
  readonly tokenUntil: string | null;
  /** Whether the token can be renewed without a person. */
  readonly renewable: boolean;
}

/** A line a sign-in; nothing where there is none. */
export function renderSignIns(signIns: readonly SignIn[]): string {
  if (signIns.length === 0) return '';
  const columns = [{ title: 'Server' }, { title: 'Signed in at' }, { title: 'Token until' }, { title: 'Then' }];
  const rows = signIns.map(({ server, authorizationServer, tokenUntil, renewable }) =>
    [server, authorizationServer, tokenUntil ?? 'not said', renewable ? 'is renewed' : 'sign in again'].map((text) => ({
      text: printable(text),
    })),
  );
  return `${renderTable(columns, rows, { width: null, paintTitle: (title) => title }).join('\n')}\n`;
}
