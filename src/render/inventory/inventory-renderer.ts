import type { InventoryReport } from '../../core/clients/inventory-report.ts';

export interface InventoryOptions {
  readonly color: boolean;
  /** The width of the terminal; null where there is none. */
  readonly columns: number | null;
  /** Also the paths where nothing is. */
  readonly all: boolean;
}

/** An inventory as text in one format, ending in a line break. */
export type InventoryRenderer = (report: InventoryReport, options: InventoryOptions) => string;
