/** The one spelling of an audit row, over which its digest goes: JSON, which escapes what a store would cut or replace. */
import type { AuditEntry, AuditOutcome } from './audit-entry.ts';

/** Names come from agents: a row stays small whatever they send. */
const MAX_NAME_CHARS = 200;
const MAX_KEYS = 64;
const MAX_KEY_CHARS = 100;

/** The entry in its place, with names cut to what a row holds. */
export function auditRowText(seq: number, entry: AuditEntry): string {
  const { at, call, grant, server, tool, rule, outcome, latencyMs, argumentKeys, era } = entry;
  const keys = argumentKeys.slice(0, MAX_KEYS).map((key) => key.slice(0, MAX_KEY_CHARS));
  const names = [call, grant, server, tool, rule].map((name) => name.slice(0, MAX_NAME_CHARS));
  const latency = latencyMs === null ? null : Math.round(latencyMs * 1000) / 1000;
  return JSON.stringify([seq, at, ...names, outcome, latency, keys, era]);
}

/** The row that a text spells; null where it is none. */
export function parseAuditRow(text: string): (AuditEntry & { readonly seq: number }) | null {
  try {
    const [seq, at, call, grant, server, tool, rule, outcome, latencyMs, argumentKeys, era] = JSON.parse(text);
    const isRow = [call, grant, server, tool, rule, outcome].every((name) => typeof name === 'string');
    if (!isRow || !Number.isSafeInteger(seq) || typeof at !== 'number' || !Array.isArray(argumentKeys)) return null;
    return { seq, at, call, grant, server, tool, rule, outcome: outcome as AuditOutcome, latencyMs, argumentKeys, era };
  } catch {
    return null;
  }
}
