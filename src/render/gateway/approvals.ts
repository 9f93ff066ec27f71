/** Calls that wait for a person. What an agent sent is shown in full where a decision is made, and cannot steer the terminal. */
import { escapeInvisible, printable } from '../text/printable.ts';
import { renderTable } from '../text/table.ts';

export interface ShownApproval {
  readonly id: string;
  readonly grant: string;
  readonly server: string;
  readonly tool: string;
  readonly rule: string;
  readonly message: string;
  readonly args: unknown;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  readonly expiresAt: number;
}

interface ListOptions {
  readonly now: number;
  readonly width: number | null;
}

/** A line a call, its arguments as far as they fit. */
export function renderApprovals(approvals: readonly ShownApproval[], { now, width }: ListOptions): string {
  if (approvals.length === 0) return '';
  const columns = [
    { title: 'Id' },
    { title: 'Left' },
    { title: 'Grant', shrinksTo: 8 },
    { title: 'Server', shrinksTo: 8 },
    { title: 'Tool', shrinksTo: 12 },
    { title: 'Arguments', shrinksTo: 12 },
  ];
  const rows = approvals.map(({ id, expiresAt, grant, server, tool, args }) =>
    [id, leftText(expiresAt - now), grant, server, tool, JSON.stringify(args) ?? ''].map((text) => ({
      text: printable(text),
    })),
  );
  return `${renderTable(columns, rows, { width, paintTitle: (title) => title }).join('\n')}\n`;
}

/** All of one call. */
export function renderApproval(approval: ShownApproval, { now }: { readonly now: number }): string {
  const { id, grant, server, tool, rule, message, args, expiresAt } = approval;
  const line = (text: string): string => printable(text, { maxChars: 600 });
  return `${[
    `id         ${id}`,
    `caller     ${line(grant)}`,
    `server     ${line(server)}`,
    `tool       ${line(tool)}`,
    `rule       ${line(rule)}`,
    `message    ${line(message)}`,
    `time left  ${leftText(expiresAt - now)}`,
    'arguments',
    escapeInvisible(JSON.stringify(args, null, 2) ?? 'none').replace(/^/gm, '  '),
  ].join('\n')}\n`;
}

function leftText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}

/** The same as JSON, with times in ISO 8601. */
export function approvalJson({ askedAt, expiresAt, ...approval }: ShownApproval): object {
  return { ...approval, asked: new Date(askedAt).toISOString(), expires: new Date(expiresAt).toISOString() };
}
