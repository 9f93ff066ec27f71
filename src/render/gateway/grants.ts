import { instantText } from '../text/instant.ts';
import { printable } from '../text/printable.ts';
import { renderTable } from '../text/table.ts';

/** What may be shown of a grant; times in milliseconds since 1970. */
export interface ShownGrant {
  readonly label: string;
  readonly servers: readonly string[];
  readonly policy: string | null;
  readonly createdAt: number;
  readonly rotatedAt: number | null;
  readonly revokedAt: number | null;
  readonly lastUsedAt: number | null;
}

interface GrantsOptions {
  readonly format: 'text' | 'json';
  readonly width: number | null;
}

/** A line a grant; as JSON all that is known of each, with times in ISO 8601. */
export function renderGrants(grants: readonly ShownGrant[], { format, width }: GrantsOptions): string {
  if (format === 'json') return `${JSON.stringify(grants.map(jsonOf), null, 2)}\n`;
  if (grants.length === 0) return '';
  const columns = [
    { title: 'Label' },
    { title: 'Servers', shrinksTo: 12 },
    { title: 'Policy', shrinksTo: 12 },
    { title: 'Created' },
    { title: 'Last used' },
  ];
  const rows = grants.map(({ label, servers, policy, createdAt, revokedAt, lastUsedAt }) =>
    [
      label,
      servers.join(', '),
      policy ?? "the server's",
      instantText(createdAt),
      revokedAt !== null
        ? `revoked ${instantText(revokedAt)}`
        : lastUsedAt === null
          ? 'never'
          : instantText(lastUsedAt),
    ].map((text) => ({ text: printable(text) })),
  );
  return `${renderTable(columns, rows, { width, paintTitle: (title) => title }).join('\n')}\n`;
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function jsonOf({ label, servers, policy, createdAt, rotatedAt, revokedAt, lastUsedAt }: ShownGrant): object {
  const times = { created: createdAt, rotated: rotatedAt, revoked: revokedAt, lastUsed: lastUsedAt };
  const shown = Object.entries(times).map(([name, at]) => [name, iso(at)]);
  return { label, servers, policy, ...Object.fromEntries(shown) };
}
