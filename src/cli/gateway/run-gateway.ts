import { constants } from 'node:os';
import { redactor } from '../../core/server/redact.ts';
import type { HttpSpec, StdioSpec } from '../../core/server/server-spec.ts';
import { createEnforcer } from '../../gateway/enforcer.ts';
import type { Log } from '../../gateway/event.ts';
import { type LivePolicy, openLivePolicy } from '../../gateway/live-policy.ts';
import { runStdioGateway } from '../../gateway/stdio-gateway.ts';
import { openServedProcess } from '../../io/stdio/served-process.ts';
import type { ServedServer } from '../../io/stdio/served-server.ts';
import type { Exit } from '../../io/stdio/server-process.ts';
import type { CommandLine } from '../targets/command-line.ts';
import type { Terminal } from '../terminal.ts';
import { userFolderOf } from '../user-folder-of.ts';
import type { GatewayFlags } from './gateway-flags.ts';
import { findGuardedServer } from './guarded-server.ts';
import { openEnforcement } from './open-enforcement.ts';
import { environmentOf } from './server-environment.ts';

/** Runs a server behind a policy until it or its client ends. */
export async function runGateway(line: CommandLine<GatewayFlags>, terminal: Terminal): Promise<void> {
  const { flags } = line;
  const { listen } = flags;
  if (listen !== undefined)
    return (await import('./run-listener.ts')).runListener({ ...line, flags: { ...flags, listen } }, terminal);
  const { name, spec, policy: place } = await findGuardedServer(line, terminal);
  const enforcement = await openEnforcement(name, flags, terminal);
  const { store, log } = enforcement;
  let policy: LivePolicy | null = null;
  try {
    policy = await openLivePolicy(place, name, log);
    const enforcer = createEnforcer({ ...enforcement, server: name, policy });
    const server = await openServer(spec, { name, terminal, flags, log });
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
    policy?.close();
    await store.close();
  }
}

interface OpenContext {
  readonly name: string;
  readonly terminal: Terminal;
  readonly flags: GatewayFlags;
  readonly log: Log;
}

async function openServer(
  spec: StdioSpec | HttpSpec,
  { name, terminal, flags, log }: OpenContext,
): Promise<ServedServer> {
  if (spec.kind === 'http') {
    const { openRemoteServer } = await import('../../gateway/remote/remote-server.ts');
    return openRemoteServer(spec, { name, userFolder: userFolderOf(terminal.env), log });
  }
  const server = await openServedProcess(spec, environmentOf(spec, flags, terminal), redactor(spec));
  server.stderr.pipe(terminal.progressStream, { end: false });
  return server;
}

/** As a shell reports it. */
function exitCodeOf({ code, signal }: Exit): number {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}
