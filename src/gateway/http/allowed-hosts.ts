import { isIP } from 'node:net';
import { hostAndPort, isLoopback, type ListenAddress } from './listen-address.ts';

/**
 * Which Host and Origin a request may name. A page in a browser can make any name of its own lead to this machine, and
 * then talk to what listens here as if it were its own site; the name is the one thing it cannot forge.
 */
export interface AllowedHosts {
  /** `reached` is the address the connection came in at. */
  allowsHost(host: string | undefined, reached: ListenAddress): boolean;
  /** A request without an Origin does not come from a page. */
  allowsOrigin(origin: string | undefined, reached: ListenAddress): boolean;
}

/** `others` are names, or names with a port, under which this machine is reached besides. */
export function allowedHosts(listening: ListenAddress, others: readonly string[]): AllowedHosts {
  const named = new Set(others.map((host) => host.toLowerCase()));
  const isOurs = ({ name, port }: HostHeader, reached: ListenAddress): boolean => {
    if (named.has(name) || named.has(`${name}:${port}`)) return true;
    const host = name.replace(/^\[(.*)\]$/, '$1');
    if (Number(port) !== reached.port) return false;
    if (isLoopback(host)) return isLoopback(reached.host);
    // No name leads to an address but the address itself, so a literal one was not rebound.
    return host === listening.host.toLowerCase() || (isIP(host) !== 0 && host === reached.host);
  };
  return {
    allowsHost(header, reached) {
      const host = parseHost(header ?? '', '80');
      return host !== null && isOurs(host, reached);
    },
    allowsOrigin(origin, reached) {
      if (origin === undefined) return true;
      const [, scheme, rest] = /^(https?):\/\/([^/]+)$/i.exec(origin) ?? [];
      const host = parseHost(rest ?? '', scheme?.toLowerCase() === 'https' ? '443' : '80');
      return host !== null && isOurs(host, reached);
    },
  };
}

interface HostHeader {
  readonly name: string;
  readonly port: string;
}

function parseHost(text: string, defaultPort: string): HostHeader | null {
  const [, name, port = defaultPort] = /^(\[[0-9a-f:.]+\]|[^:\s/@[\]]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  return name === undefined ? null : { name: name.toLowerCase(), port };
}

/** The address a connection came in at, as its socket tells: IPv4 is written as such. */
export function reachedAt(localAddress: string | undefined, localPort: number | undefined): ListenAddress {
  return { host: (localAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, ''), port: localPort ?? 0 };
}

/** What a person types to get there. */
export const shownAddress = (address: ListenAddress): string => `http://${hostAndPort(address)}`;
