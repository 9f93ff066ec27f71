/**
 * Whether an address that a server gave us may be asked or shown to a browser: https, or plain http on this machine where
 * the server itself runs on it. A server elsewhere has no business with what listens here.
 */
export function isSafeAddress(address: string, { server }: { readonly server: string }): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (isLoopback(url)) return /^https?:$/.test(url.protocol) && isLoopback(new URL(server));
  return url.protocol === 'https:';
}

/** As the URL parser spells them: it writes every form of an IPv4 address in four decimal parts. */
function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127\.|^\[::1\]$/.test(hostname);
}
