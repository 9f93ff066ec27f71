import { defaultTimeoutMs } from '../../core/server/launcher.ts';
import type { ServerSpec } from '../../core/server/server-spec.ts';
import { inputToolSource } from './read-tools-file.ts';
import { serverToolSource } from './server-tool-source.ts';
import type { ToolSource } from './tool-source.ts';
import { fileInput } from './tools-input.ts';

export interface SourceOptions {
  readonly timeoutMs?: number | undefined;
  /** Where sign-ins are kept; without it none is used and nobody is asked to sign in. */
  readonly userFolder?: string | undefined;
}

/** Where the tools of any target come from. Nothing is opened before they are asked for. */
export function sourceOf(spec: ServerSpec, { timeoutMs, userFolder }: SourceOptions = {}): ToolSource {
  if (spec.kind === 'file') return inputToolSource(fileInput(spec));
  return serverToolSource(spec, { timeoutMs: timeoutMs ?? defaultTimeoutMs(spec), userFolder });
}
