import { recordDamaged, stateDamaged } from '../state-errors.ts';
import type { LibsqlDatabase } from './database.ts';
import { LABEL_INDEX, RECORD_TRIGGER, TABLES } from './schema.ts';

const OF_THE_RECORD: ReadonlySet<string> = new Set(['audit', 'audit_head', RECORD_TRIGGER]);

/** Throws UserError where something that we made is gone. What others put in beside it is left to them. */
export function checkLayout(libsql: LibsqlDatabase, path: string): void {
  const named = (sql: string, ...values: string[]): Set<string> =>
    new Set((libsql.prepare(sql).all(values) as { readonly name: string }[]).map(({ name }) => name));
  const there = named('SELECT name FROM sqlite_master');
  const mustBe = (isThere: boolean, what: string, part: string): void => {
    if (isThere) return;
    const because = `Its ${what} is missing.`;
    throw OF_THE_RECORD.has(part) ? recordDamaged(path, because) : stateDamaged(path, because);
  };
  for (const [table, columns] of Object.entries(TABLES)) {
    mustBe(there.has(table), `table "${table}"`, table);
    const present = named('SELECT name FROM pragma_table_info(?)', table);
    for (const column of columns) mustBe(present.has(column), `column "${column}" of the table "${table}"`, table);
  }
  mustBe(there.has(RECORD_TRIGGER), `trigger "${RECORD_TRIGGER}"`, RECORD_TRIGGER);
  mustBe(there.has(LABEL_INDEX), `index "${LABEL_INDEX}"`, LABEL_INDEX);
}
