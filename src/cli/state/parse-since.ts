import { InvalidArgumentError } from 'commander';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time before now, or a moment, as milliseconds since 1970. */
export function parseSince(value: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  if (count !== undefined) return Date.now() - Number(count) * (UNIT_MS[unit] ?? 0);
  const moment = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(moment))
    throw new InvalidArgumentError(
      'It is neither a length of time such as 15m nor a moment such as 2026-11-21T04:12Z.',
    );
  return moment;
}
