import { isObject } from '../../core/tool.ts';
import type { Grace } from '../../io/stdio/process-group.ts';
import { within } from '../../io/within.ts';
import { busy, refuse } from './answer.ts';
import { createApprovedByCaller } from './approved-by-caller.ts';
import type { Endpoint, Exchange } from './endpoint.ts';
import type { Program } from './program/program.ts';
import { createProgramSessions } from './program/program-sessions.ts';
import { createSharedSlot, startFailureText } from './program/shared-slot.ts';
import { serveStateless } from './program/stateless-exchange.ts';

/** Whoever asked for the end of the gateway does not wait long. */
const GATEWAY_ENDS: Grace = { byItselfMs: 1200, whenAskedMs: 300 };
const ALL_ENDED_MS = 4000;
const LOOK_FOR_IDLE_MS = 60_000;

/** A server that is a program on this machine: one for each session of the era that has them, one for all of the other. */
export function createProgramEndpoint(program: Program): Endpoint {
  const { limits, name } = program;
  let trouble: string | null = null;
  const sessions = createProgramSessions(program, (told) => {
    trouble = told;
  });
  const shared = createSharedSlot(program, Date.now);
  const approved = createApprovedByCaller(limits.sessionIdleMs, Date.now);
  const stateless = new Map<Exchange, (why: string) => void>();
  const idleTimer = setInterval(
    () => {
      sessions.endIdle();
      shared.endIdle(limits.sessionIdleMs);
    },
    Math.min(LOOK_FOR_IDLE_MS, limits.sessionIdleMs),
  );
  idleTimer.unref();

  async function serveStatelessly(exchange: Exchange): Promise<void> {
    const { response, body, caller } = exchange;
    const [message] = body?.parts ?? [];
    const id = isObject(message) ? message.id : undefined;
    try {
      // Found out by a question of ours, and never by what a client wants done.
      if (shared.era === null) await shared.get();
      trouble = null;
    } catch (error) {
      trouble = startFailureText(error);
      return refuse(response, { status: 502, message: trouble, id });
    }
    // No code that this revision knows, so that clients of both eras go on with the other one.
    if (shared.era === 'stateful')
      return refuse(response, {
        status: 400,
        message: `Bad Request: the server "${name}" speaks revisions with sessions`,
        id,
      });
    if (shared.isBusy)
      return refuse(response, { ...busy(`The server "${name}" does not read what it was sent before`), id });
    if (exchange.signal.aborted) return;
    stateless.set(exchange, serveStateless(exchange, { program: shared.get, limits, approved: approved.of(caller) }));
    response.once('close', () => stateless.delete(exchange));
  }

  return {
    async serve(exchange) {
      const { response, era } = exchange;
      const closed = new Promise<void>((resolve) => response.once('close', resolve));
      await (era === 'stateless' ? serveStatelessly(exchange) : sessions.serve(exchange));
      // For whoever wants to know what is open still.
      if (!response.closed) await closed;
    },
    get trouble() {
      return trouble;
    },
    endSessions(isOver) {
      approved.endWhere(isOver);
      sessions.endWhere(isOver);
      for (const [{ caller, response }, endOne] of stateless) {
        if (!isOver(caller)) continue;
        endOne('The grant was revoked.');
        response.end();
      }
    },
    async close() {
      clearInterval(idleTimer);
      for (const endOne of stateless.values()) endOne('The gateway is ending.');
      await within(Promise.all([sessions.close(GATEWAY_ENDS), shared.end(GATEWAY_ENDS)]), ALL_ENDED_MS);
    },
  };
}
