import { isIP } from 'node:net';

/** Where the listener waits for clients. */
export interface ListenAddress {
  /** A name or an address, without the brackets of IPv6. */
  readonly host: string;
  /** 0 takes one that is free. */
  readonly port: number;
}

/** `HOST:PORT`, `[::1]:PORT`, or a port alone on this machine; null where it is none of these. */
export function parseListenAddress(text: string): ListenAddress | null {
  const [, bracketed, name, digits] = /^(?:(?:\[([^\]]+)\]|([^:\s/@[\]]+)):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535) return null;
  if (bracketed !== undefined && isIP(bracketed) !== 6) return null;
  return { host: bracketed ?? name ?? '127.0.0.1', port };
}

/** Whether only programs on this machine reach it. A name counts only where every system knows it as this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (host.startsWith('127.') && isIP(host) === 4);
}

/** As it stands in an address or a Host header. */
export function hostAndPort({ host, port }: ListenAddress): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
