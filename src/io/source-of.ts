import { defaultTimeoutMs } from '../core/launcher.ts';
import type { ServerSpec } from '../core/server-spec.ts';
import { inputToolSource } from './read-tools-file.ts';
import { serverToolSource } from './server-tool-source.ts';
import type { ToolSource } from './tool-source.ts';
import { fileInput } from './tools-input.ts';

/** Where the tools of any target come from. Nothing is opened before they are asked for. */
export function sourceOf(
  spec: ServerSpec,
  { timeoutMs }: { readonly timeoutMs?: number | undefined } = {},
): ToolSource {
  if (spec.kind === 'file') return inputToolSource(fileInput(spec));
  return serverToolSource(spec, { timeoutMs: timeoutMs ?? defaultTimeoutMs(spec) });
}
