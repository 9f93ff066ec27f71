import { renderExplanationJson } from './explanation-json.ts';
import type { ExplanationRenderer } from './explanation-renderer.ts';

export const EXPLANATION_FORMATS = ['text', 'json', 'markdown'] as const;
export type ExplanationFormat = (typeof EXPLANATION_FORMATS)[number];

const RENDERERS: Readonly<Record<ExplanationFormat, () => Promise<ExplanationRenderer>>> = {
  text: async () => (await import('./explanation-text.ts')).renderExplanationText,
  json: async () => renderExplanationJson,
  markdown: async () => (await import('./explanation-markdown.ts')).renderExplanationMarkdown,
};

export function loadExplanationRenderer(format: ExplanationFormat): Promise<ExplanationRenderer> {
  return RENDERERS[format]();
}
