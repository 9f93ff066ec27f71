import { type Command, InvalidArgumentError, Option } from 'commander';
import { LOG_FORMATS } from '../../render/gateway/gateway-event.ts';
import type { GatewayFlags } from '../gateway/gateway-flags.ts';
import { runGateway } from '../gateway/run-gateway.ts';
import type { Invocation } from '../invocation.ts';
import { addTargetOptions, collect, parseSeconds, SERVERS_HELP } from '../options.ts';
import { stateOption } from '../state/state-place.ts';

/** `policylayer gateway`: stands between a client and a server, and enforces a policy on every call. */
export function addGatewayCommand(command: Command, { terminal, afterDashes }: Invocation): void {
  command
    .usage('[options] [target] | [options] -- <command> [args...]')
    .argument('[target...]', `the server: ${SERVERS_HELP}`)
    .option('--policy <file>', 'the policy, JSON or YAML; else the one that policylayer.yaml names for the server')
    .option('--config <file>', 'a policylayer.yaml that has this --server, in the place of a target')
    .option('--server <name>', 'which server of policylayer.yaml; what it is called in counters and in the audit')
    .option('--listen <host:port>', 'wait for clients over HTTP there: a server each at /mcp/NAME')
    .option('--allow-host <name>', 'another name under which clients reach --listen; may be repeated', collectHost)
    .addOption(stateOption())
    .option('--observe', 'let everything through, and record what would have been denied')
    .addOption(
      new Option('--state-fail <what>', 'what becomes of calls while the state cannot be reached')
        .choices(['deny', 'open'])
        .default('deny'),
    )
    .option('--approval-timeout <seconds>', 'how long a call waits for a person (300)', parseSeconds)
    .addOption(new Option('--log <format>', 'what is told on stderr').choices(LOG_FORMATS).default('json'));
  addTargetOptions(command)
    .addHelpText('after', HELP)
    .action((words: string[], flags: GatewayFlags) => runGateway({ words, afterDashes, flags }, terminal));
}

function collectHost(host: string, collected?: readonly string[]): readonly string[] {
  if (!/^(?:\[[0-9a-f:.]+\]|[^:\s/@[\]]+)(?::\d{1,5})?$/i.test(host))
    throw new InvalidArgumentError('It has to be a name, or a name and a port, as in gateway.example.com:8443.');
  return collect(host, collected);
}

const HELP = `
Put it into the configuration of a client in the place of the server's command.
stdin and stdout carry the protocol and nothing else; a changed policy holds
from the next call on.

With --listen it waits for clients over HTTP instead, with every server of
policylayer.yaml, or the one that is named. "policylayer grant add" makes
tokens; without any, only this machine is served. GET /healthz says how the
servers are, GET /metrics has counts for Prometheus.

Exit codes: that of the server, 0 for one behind a URL; 2 where it was not
started. With --listen 0 where a signal ended it.`;
