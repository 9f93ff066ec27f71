import { openHttpGateway } from '../../gateway/http/http-gateway.ts';
import { isLoopback, parseListenAddress } from '../../gateway/http/listen-address.ts';
import { listenerLimits } from '../../gateway/http/listener-limits.ts';
import { packageVersion } from '../../io/package-version.ts';
import { OPEN_METRICS_CONTENT_TYPE, renderOpenMetrics } from '../../render/gateway/open-metrics.ts';
import { printable } from '../../render/text/printable.ts';
import type { CommandLine } from '../targets/command-line.ts';
import type { Terminal } from '../terminal.ts';
import { userFolderOf } from '../user-folder-of.ts';
import { listenAddressMalformed } from './gateway-errors.ts';
import type { GatewayFlags } from './gateway-flags.ts';
import { openEnforcement } from './open-enforcement.ts';
import { findServersToOffer } from './servers-to-offer.ts';

/** Offers servers over HTTP, each behind its policy, until a signal ends it. */
export async function runListener(
  line: CommandLine<GatewayFlags & { readonly listen: string }>,
  terminal: Terminal,
): Promise<void> {
  const { flags } = line;
  const address = parseListenAddress(flags.listen);
  if (address === null) throw listenAddressMalformed();
  const servers = await findServersToOffer(line, terminal);
  const enforcement = await openEnforcement('*', flags, terminal);
  try {
    const gateway = await openHttpGateway({
      address,
      hosts: flags.allowHost ?? [],
      servers,
      enforcement,
      limits: listenerLimits(),
      userFolder: userFolderOf(terminal.env),
      metricsPage: {
        contentType: OPEN_METRICS_CONTENT_TYPE,
        render: (metrics) => renderOpenMetrics(metrics, { version: packageVersion() }),
      },
    });
    for (const [name, trouble] of gateway.troubles()) terminal.note(printable(`Not offered, "${name}": ${trouble}`));
    if (!isLoopback(address.host)) terminal.note(NO_ENCRYPTION);
    for (const [name, at] of gateway.addresses) terminal.note(printable(`Listening for "${name}" at ${at}`));
    const signal = await untilToldToEnd(terminal);
    enforcement.log({ event: 'ended', level: 'info', server: '*', message: `Told to end by ${signal}.` });
    await gateway.close();
  } finally {
    await enforcement.store.close();
  }
}

const NO_ENCRYPTION =
  'Other machines reach this without encryption: put something in front that speaks HTTPS, and name it with --allow-host.';

/** Ends with the first signal; a second one does what it does to any program. */
function untilToldToEnd(terminal: Terminal): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const stop = terminal.onSignal((signal) => {
      stop();
      resolve(signal);
    });
  });
}
