import { packageVersion } from '../package-version.ts';

/** How we introduce ourselves to servers. */
export function clientIdentity(): { name: string; version: string } {
  return { name: 'policylayer', version: packageVersion() };
}
