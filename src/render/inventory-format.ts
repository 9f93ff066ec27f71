import type { InventoryReport } from '../core/clients/inventory-report.ts';

export interface InventoryOptions {
  readonly color: boolean;
  /** The width of the terminal; null where there is none. */
  readonly columns: number | null;
  /** Also the paths where nothing is. */
  readonly all: boolean;
}

/** An inventory as text in one format, ending in a line break. */
export type InventoryRenderer = (report: InventoryReport, options: InventoryOptions) => string;

export const INVENTORY_FORMATS = ['text', 'json'] as const;
export type InventoryFormat = (typeof INVENTORY_FORMATS)[number];

const RENDERERS: Readonly<Record<InventoryFormat, () => Promise<InventoryRenderer>>> = {
  text: async () => (await import('./inventory-text.ts')).renderInventoryText,
  json: async () => (report) => `${JSON.stringify(report, null, 2)}\n`,
};

export function loadInventoryRenderer(format: InventoryFormat): Promise<InventoryRenderer> {
  return RENDERERS[format]();
}
