import { constants } from 'node:os';
import { redactor } from '../core/redact.ts';
import type { StdioSpec } from '../core/server-spec.ts';
import { createEnforcer } from '../gateway/enforcer.ts';
import type { GatewayEvent } from '../gateway/event.ts';
import { openLivePolicy } from '../gateway/live-policy.ts';
import { runStdioGateway } from '../gateway/stdio-gateway.ts';
import { childEnvironment } from '../io/child-environment.ts';
import { openServedProcess } from '../io/served-process.ts';
import type { Exit } from '../io/server-process.ts';
import { openServingStore } from '../io/state/serving-store.ts';
import { type LogFormat, renderGatewayEvent } from '../render/gateway-event.ts';
import { noServerToGuard } from './cli-errors.ts';
import { findGuardedServer, type GuardFlags } from './guarded-server.ts';
import { type StateFlags, statePlace } from './state/state-place.ts';
import type { Terminal } from './terminal.ts';

export interface GatewayFlags extends GuardFlags, StateFlags {
  readonly observe?: boolean;
  readonly stateFail: 'deny' | 'open';
  /** Seconds. */
  readonly approvalTimeout?: number;
  readonly log: LogFormat;
}

const APPROVAL_SECONDS = 300;

/** Runs a server behind a policy until it or its client ends. */
export async function gatewayTo(
  terminal: Terminal,
  words: readonly string[],
  afterDashes: readonly string[],
  flags: GatewayFlags,
): Promise<void> {
  const { name, spec, policy: place } = await findGuardedServer(terminal, words, afterDashes, flags);
  if (spec.kind === 'http') throw noServerToGuard(`"${name}" is no command that could be started.`);
  const log = (event: GatewayEvent): void => {
    const line = renderGatewayEvent(event, new Date(), flags.log);
    if (line !== null) terminal.note(line);
  };
  const policy = await openLivePolicy(place, name, log);
  const store = await openServingStore(statePlace(flags, terminal.env), ({ message, because }) =>
    log({ event: 'state-failed', level: 'error', server: name, message: `${message} ${because}` }),
  );
  try {
    const enforcer = createEnforcer({
      server: name,
      policy,
      store,
      isObserving: flags.observe === true,
      whenStateFails: flags.stateFail === 'open' ? 'allow' : 'deny',
      approvalTimeoutMs: (flags.approvalTimeout ?? APPROVAL_SECONDS) * 1000,
      log,
      now: Date.now,
    });
    const server = await openServedProcess(spec, environmentOf(spec, terminal, flags), redactor(spec));
    server.stderr.pipe(terminal.progressStream, { end: false });
    const exit = await runStdioGateway({
      client: { input: terminal.stdin, output: terminal.stdout },
      server,
      name,
      enforcer,
      log,
      onSignal: (receive) => terminal.onSignal(receive),
    });
    terminal.exitCode = exitCodeOf(exit);
  } finally {
    policy.close();
    await store.close();
  }
}

/**
 * A command that was written here, and one behind --config, stood in the client's configuration before, and gets what it
 * got there: all of our environment, but for what is meant for ourselves. What any other needs stands in the file that
 * names it.
 */
function environmentOf(spec: StdioSpec, { env }: Terminal, { config }: GatewayFlags): Record<string, string> {
  if (spec.filledIn !== undefined && config === undefined) return childEnvironment(spec.env, env);
  const ours = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('POLICYLAYER_'),
  );
  return { ...Object.fromEntries(ours), ...spec.env };
}

/** As a shell reports it. */
function exitCodeOf({ code, signal }: Exit): number {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}
