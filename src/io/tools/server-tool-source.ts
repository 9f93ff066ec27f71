import { maskAddress } from '../../core/secrets/secret-looking.ts';
import { printableTarget } from '../../core/server/printable-target.ts';
import type { HttpSpec, StdioSpec } from '../../core/server/server-spec.ts';
import { listServerTools } from './list-server-tools.ts';
import type { ToolSource } from './tool-source.ts';
import { valuesMissing } from './values-missing.ts';

/**
 * A source that connects to one server, follows its pages and closes, all within `timeoutMs`. When `listTools` settles,
 * by whatever way, no process it started is left running.
 */
export function serverToolSource(
  spec: StdioSpec | HttpSpec,
  { timeoutMs, userFolder }: { readonly timeoutMs: number; readonly userFolder?: string | undefined },
): ToolSource {
  return {
    name: spec.name,
    target: printableTarget(spec),
    reachedBy: reachedBy(spec),
    listTools: async (options) => {
      const missing = spec.filledIn?.missing ?? [];
      if (missing.length > 0) throw valuesMissing(spec.name, missing);
      if (spec.kind === 'stdio' || userFolder === undefined) return listServerTools(spec, { timeoutMs, ...options });
      const { listSignedIn } = await import('./list-signed-in.ts');
      return listSignedIn(spec, { timeoutMs, userFolder, ...options });
    },
  };
}

function reachedBy(spec: StdioSpec | HttpSpec): ToolSource['reachedBy'] {
  if (spec.kind === 'http') return { url: maskAddress(spec.url) };
  return spec.package === undefined ? {} : { package: spec.package };
}
