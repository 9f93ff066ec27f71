import type { InventoryRenderer } from './inventory-renderer.ts';

export const INVENTORY_FORMATS = ['text', 'json'] as const;
export type InventoryFormat = (typeof INVENTORY_FORMATS)[number];

const RENDERERS: Readonly<Record<InventoryFormat, () => Promise<InventoryRenderer>>> = {
  text: async () => (await import('./inventory-text.ts')).renderInventoryText,
  json: async () => (report) => `${JSON.stringify(report, null, 2)}\n`,
};

export function loadInventoryRenderer(format: InventoryFormat): Promise<InventoryRenderer> {
  return RENDERERS[format]();
}
