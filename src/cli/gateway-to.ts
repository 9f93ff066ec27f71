import { constants } from 'node:os';
import { resolve } from 'node:path';
import { redactor } from '../core/redact.ts';
import type { HttpSpec, StdioSpec } from '../core/server-spec.ts';
import { createEnforcer } from '../gateway/enforcer.ts';
import type { GatewayEvent } from '../gateway/event.ts';
import { openLivePolicy } from '../gateway/live-policy.ts';
import { runStdioGateway } from '../gateway/stdio-gateway.ts';
import { childEnvironment } from '../io/child-environment.ts';
import { readProjectAt } from '../io/read-project.ts';
import { openServedProcess } from '../io/served-process.ts';
import type { Exit } from '../io/server-process.ts';
import { openServingStore } from '../io/state/serving-store.ts';
import { type LogFormat, renderGatewayEvent } from '../render/gateway-event.ts';
import { projectSpecs } from '../workflows/project-specs.ts';
import { noServerToGuard } from './cli-errors.ts';
import type { TargetFlags } from './options.ts';
import { policyToEnforce } from './policy-to-enforce.ts';
import { findSpecs } from './scan-targets.ts';
import { type StateFlags, statePlace } from './state/state-place.ts';
import type { Terminal } from './terminal.ts';

export interface GatewayFlags extends TargetFlags, StateFlags {
  readonly policy?: string;
  readonly server?: string;
  /** The project file; else the one that holds where we are. */
  readonly config?: string;
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
  const spec = await serverToGuard(terminal, words, afterDashes, flags);
  const name = flags.server ?? spec.name;
  const log = (event: GatewayEvent): void => {
    const line = renderGatewayEvent(event, new Date(), flags.log);
    if (line !== null) terminal.note(line);
  };
  const policy = await openLivePolicy(await policyToEnforce(terminal, name, flags), name, log);
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

async function serverToGuard(
  terminal: Terminal,
  words: readonly string[],
  afterDashes: readonly string[],
  flags: GatewayFlags,
): Promise<StdioSpec> {
  const [spec, ...others] =
    flags.config === undefined
      ? await findSpecs(words, afterDashes, flags, terminal)
      : await specOfProject(terminal, [...words, ...afterDashes], { ...flags, config: flags.config });
  if (spec === undefined) throw noServerToGuard('No server was named.');
  if (others.length > 0) throw noServerToGuard('Over stdio it is one server, and several were named.');
  if (spec.kind !== 'stdio') throw noServerToGuard(`"${spec.name}" is no command that could be started.`);
  const { missing = [] } = spec.filledIn ?? {};
  if (missing.length > 0) throw noServerToGuard(`"${spec.name}" has no value for ${missing.join(', ')}.`);
  return spec;
}

/** What an entry of a client's configuration names that was put behind the gateway. */
async function specOfProject(
  { machine }: Terminal,
  words: readonly string[],
  { config, server }: GatewayFlags & { readonly config: string },
): Promise<(StdioSpec | HttpSpec)[]> {
  if (words.length > 0) throw noServerToGuard('Beside --config, which names them, a server was given.');
  if (server === undefined) throw noServerToGuard('--config names several servers, and --server none of them.');
  const project = await readProjectAt(resolve(machine.workingDirectory, config), config);
  if (!project.servers.has(server)) throw noServerToGuard(`"${config}" has no server "${server}".`);
  return projectSpecs(project, machine, { names: [server] });
}

/**
 * A command that was written here stood in the client's configuration before, and gets what it got there: all of our
 * environment. So does one behind --config, which stood there as well. What any other needs stands in the file that names it.
 */
function environmentOf(spec: StdioSpec, { env }: Terminal, { config }: GatewayFlags): Record<string, string> {
  if (spec.filledIn !== undefined && config === undefined) return childEnvironment(spec.env, env);
  const ours = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(ours), ...spec.env };
}

/** As a shell reports it. */
function exitCodeOf({ code, signal }: Exit): number {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}
