import { renderJson } from './json.ts';
import type { Renderer } from './renderer.ts';

export const FORMATS = ['text', 'json', 'ndjson', 'policy', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** All but JSON are loaded one at a time: a program that wants JSON does not wait for colours. */
const RENDERERS: Readonly<Record<Format, () => Promise<Renderer>>> = {
  text: async () => (await import('./text.ts')).renderText,
  json: async () => renderJson,
  ndjson: async () => (await import('./ndjson.ts')).renderNdjson,
  policy: async () => (await import('../policy/policy.ts')).renderPolicies,
  markdown: async () => (await import('./markdown.ts')).renderMarkdown,
};

export function loadRenderer(format: Format): Promise<Renderer> {
  return RENDERERS[format]();
}
