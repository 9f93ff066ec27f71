import { parseAuditRow } from '../../core/audit/audit-row-text.ts';
import { CHAIN_START, type ChainHead, type ChainState } from '../../core/audit/chain-state.ts';
import { rowDigest } from './row-digest.ts';

/** A row as the store holds it. */
export interface StoredRow {
  readonly seq: number;
  readonly text: string;
  readonly digest: string;
}

interface Chain {
  readonly rows: AsyncIterable<StoredRow>;
  /** What the store says is the end, which may grow meanwhile. */
  readonly readHead: () => Promise<ChainHead>;
  /** A head that was noted down earlier. */
  readonly known?: ChainHead | undefined;
}

/**
 * Names the first row that is missing, changed, or out of place. What was cut off at the end shows by the head, as far
 * as the head was not cut with it; then only one that was noted down elsewhere tells.
 */
export async function verifyChain({ rows, readHead, known }: Chain): Promise<ChainState> {
  const head = await readHead();
  let last = CHAIN_START;
  const broken = (seq: number, because: string): ChainState => ({ intact: false, seq, because, head: last });
  for await (const { seq, text, digest } of rows) {
    const expected = last.seq + 1;
    if (seq !== expected) return broken(expected, `row ${expected} is missing`);
    if (rowDigest(last.digest, text) !== digest || parseAuditRow(text)?.seq !== seq)
      return broken(seq, `row ${seq} was changed, or the one before it was`);
    last = { seq, digest };
    for (const noted of [head, known])
      if (noted?.seq === seq && noted.digest !== digest)
        return broken(seq, `row ${seq} is not the one that ${noted === head ? 'the log ends with' : 'was noted down'}`);
  }
  if (!Number.isSafeInteger(head.seq)) return broken(last.seq + 1, 'it does not say any more which row is the last');
  if (last.seq < head.seq) return broken(last.seq + 1, `rows were cut off at the end: there were ${head.seq}`);
  if (known !== undefined && last.seq < known.seq)
    return broken(last.seq + 1, `rows were cut off at the end: there were ${known.seq} when the head was noted down`);
  const isBeyondHead = last.seq > head.seq && last.seq > (await readHead()).seq;
  if (isBeyondHead) return broken(last.seq, `row ${last.seq} was put in: the log ends before it`);
  return { intact: true, head: last };
}
