import type { ApprovalStore, PersonsDecision } from '../approval-store.ts';
import { readCall, writtenCall } from '../asked-call.ts';
import { awaitDecision } from '../await-decision.ts';
import { newId } from '../token.ts';
import type { Database, Sql } from './database.ts';

export function sqliteApprovals(database: Database, now: () => number): ApprovalStore {
  /** Takes the row away once it has an answer: with it goes what was asked. */
  const settle = (sql: Sql, id: string): PersonsDecision | 'expired' => {
    const state = sql.get('SELECT state FROM approvals WHERE id = ?', id)?.state;
    sql.run('DELETE FROM approvals WHERE id = ?', id);
    return state === 'once' || state === 'session' || state === 'denied' ? state : 'expired';
  };
  const look = async (id: string): Promise<PersonsDecision | 'expired' | null> => {
    const find = 'SELECT state, expires_at FROM approvals WHERE id = ?';
    const row = await database.read((sql) => sql.get(find, id));
    if (row?.state === 'pending' && Number(row.expires_at) > now()) return null;
    const answer = await database.write((sql) => settle(sql, id));
    database.tidy();
    return answer;
  };
  const withdraw = async (id: string): Promise<void> => {
    await database.write((sql) => sql.run('DELETE FROM approvals WHERE id = ?', id));
    database.tidy();
  };
  return {
    ask: async (asked) => {
      const id = newId();
      const { call, args } = writtenCall(asked);
      const at = now();
      await database.write((sql) => {
        sweepApprovals(sql, at);
        sql.run(
          "INSERT INTO approvals (id, asked_at, expires_at, state, call, args) VALUES (?, ?, ?, 'pending', ?, ?)",
          id,
          at,
          at + asked.timeoutMs,
          call,
          args,
        );
      });
      return id;
    },
    outcome: (id, signal) =>
      awaitDecision(
        () => look(id),
        () => withdraw(id),
        signal,
      ),
    list: async () => {
      const find = "SELECT * FROM approvals WHERE state = 'pending' AND expires_at > ? ORDER BY asked_at, rowid";
      const rows = await database.read((sql) => sql.all(find, now()));
      return rows.map(({ id, asked_at, expires_at, call, args }) => {
        const times = { askedAt: Number(asked_at), expiresAt: Number(expires_at) };
        return { id: String(id), ...readCall(String(call), String(args)), ...times };
      });
    },
    decide: async (id, decision) => {
      const decide =
        "UPDATE approvals SET state = ?, args = NULL WHERE id = ? AND state = 'pending' AND expires_at > ?";
      const { changes } = await database.write((sql) => sql.run(decide, decision, id, now()));
      database.tidy();
      return changes > 0;
    },
    withdraw,
  };
}

/** Those whose gateway died before it could read the answer. */
export function sweepApprovals(sql: Sql, now: number): void {
  sql.run('DELETE FROM approvals WHERE expires_at < ?', now);
}
