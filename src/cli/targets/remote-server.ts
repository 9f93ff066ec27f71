import { parseTargets } from '../../core/server/parse-targets.ts';
import type { HttpSpec } from '../../core/server/server-spec.ts';
import { noUrl } from '../auth-errors.ts';

/** The server behind a URL. Throws UserError for any other word. */
export function remoteServer(url: string): HttpSpec {
  if (!/^https?:\/\//i.test(url)) throw noUrl();
  const [spec] = parseTargets([url], [], { isFile: () => false, env: {}, headers: {} });
  if (spec?.kind !== 'http') throw noUrl();
  return spec;
}
