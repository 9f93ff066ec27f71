import type { Reading } from './document-places.ts';

/** Nobody has more copies of one key by mistake, and each costs a look through the whole. */
const MAX_READINGS = 20;

export interface Picked<Member> {
  readonly member: Member;
  /** With which copy goes on what stands below it. */
  readonly copy: number;
}

/** Of members with the same name the one with this number, or the last; in their order. */
export type PickCopies = <Member>(
  members: readonly Member[],
  nameOf: (member: Member) => string,
  copy: number,
) => Picked<Member>[];

/**
 * A document once for each earlier copy of a key that is there more than once; with the last copies it is read anyway.
 * `read` is given the number of the copy to begin with, and returns null for one that makes no sense alone.
 */
export function earlierReadings(read: (copy: number, pick: PickCopies) => Reading | null): Reading[] {
  const readings: Reading[] = [];
  for (let copy = 0; copy < MAX_READINGS; copy += 1) {
    let isEarlier = false;
    const reading = read(copy, (members, nameOf, wanted) => {
      const seen = new Map<string, Picked<(typeof members)[number]>>();
      for (const member of members) {
        const name = nameOf(member);
        const before = seen.get(name);
        if (before?.copy === 0) isEarlier = true;
        else seen.set(name, { member, copy: before === undefined ? wanted : before.copy - 1 });
      }
      return [...seen.values()];
    });
    if (!isEarlier) break;
    if (reading !== null) readings.push(reading);
  }
  return readings;
}
