import { basicCredentials } from '../../core/secrets/basic-credentials.ts';
import type { HttpSpec } from '../../core/server/server-spec.ts';

interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is asked, and with which headers. A user in the address goes into one, as with curl: fetch refuses such an address. */
export function httpRequest({ url: address, headers }: HttpSpec): HttpRequest {
  const url = new URL(address);
  const credentials = basicCredentials(url);
  url.username = '';
  url.password = '';
  const isGiven = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  if (credentials === null || isGiven) return { url, headers: { ...headers } };
  return { url, headers: { ...headers, Authorization: `Basic ${credentials}` } };
}

/** Whether a request says who asks. */
export function hasCredentials(spec: HttpSpec): boolean {
  return Object.keys(httpRequest(spec).headers).some((name) => name.toLowerCase() === 'authorization');
}

/** The first header whose name or value HTTP does not allow; null where all can be sent. */
export function invalidHeader(headers: HttpSpec['headers']): string | null {
  const isInvalid = (header: [string, string]): boolean => {
    try {
      new Headers([header]);
      return false;
    } catch {
      return true;
    }
  };
  return Object.entries(headers).find(isInvalid)?.[0] ?? null;
}
