import { randomUUID } from 'node:crypto';
import type { AuditEntry, AuditOutcome } from '../core/audit/audit-entry.ts';
import type { CompiledPolicy } from '../core/policy/compile-policy.ts';
import { type Decision, evaluate } from '../core/policy/evaluate.ts';
import { isObject } from '../core/tool.ts';
import type { Enforcement } from './enforcement.ts';
import type { GatewayEvent } from './event.ts';
import { type JsonRpc, paramsOf } from './message/json-rpc.ts';
import { statelessRevision } from './message/protocol-era.ts';
import type { Session } from './session.ts';
import type { Withdrawal } from './withdrawal.ts';

/** One call that a client tries to make. */
export interface Attempt {
  /** What would go to the server. */
  readonly message: JsonRpc;
  readonly session: Session;
  readonly tool: string;
  readonly args: unknown;
  readonly decision: Decision;
  /** Joins the records of the call. */
  readonly call: string;
  readonly startedAt: number;
  readonly era: string | null;
  readonly argumentKeys: readonly string[];
  /** Whether the client still wants it. */
  readonly withdrawal: Withdrawal;
}

const MAX_KEYS = 64;
const MAX_CHARS = 200;

export function attemptOf(
  message: JsonRpc,
  tool: string,
  { policy, session, withdrawal }: { policy: CompiledPolicy; session: Session; withdrawal: Withdrawal },
): Attempt {
  const startedAt = performance.now();
  // No arguments at all may be left out, or said to be null.
  const args = paramsOf(message).arguments ?? {};
  return {
    message,
    session,
    tool,
    args,
    decision: evaluate(policy, { tool, args }),
    call: randomUUID(),
    startedAt,
    era: statelessRevision(message) ?? session.agreed.revision,
    argumentKeys: keysOf(args),
    withdrawal,
  };
}

function keysOf(args: unknown): string[] {
  if (!isObject(args)) return [];
  return Object.keys(args)
    .slice(0, MAX_KEYS)
    .map((key) => key.slice(0, MAX_CHARS));
}

type Recorded = Pick<Attempt, 'call' | 'tool' | 'argumentKeys' | 'era'>;

/** A record of what happened to a call. */
export function entryOf(
  { call, tool, argumentKeys, era }: Recorded,
  { grant, caller }: Session,
  outcome: AuditOutcome,
  { rule, at, latencyMs }: { readonly rule: string; readonly at: number; readonly latencyMs: number },
): AuditEntry {
  const server = caller.server;
  const rounded = Math.round(latencyMs * 1000) / 1000;
  return {
    at,
    call,
    grant,
    server,
    tool: tool.slice(0, MAX_CHARS),
    rule,
    outcome,
    latencyMs: rounded,
    argumentKeys,
    era,
  };
}

export function tell(
  { log }: Pick<Enforcement, 'log'>,
  { session, tool, decision }: Pick<Attempt, 'session' | 'tool' | 'decision'>,
  {
    event,
    level = 'info',
    message = decision.message,
    rule = decision.rule,
  }: Partial<GatewayEvent> & Pick<GatewayEvent, 'event'>,
): void {
  const { grant, caller } = session;
  log({ event, level, server: caller.server, grant, tool: tool.slice(0, MAX_CHARS), rule, message });
}
