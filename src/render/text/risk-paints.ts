import type { ChalkInstance } from 'chalk';
import type { Risk } from '../../core/verdict.ts';

export function riskPaints(chalk: ChalkInstance): Readonly<Record<Risk, (text: string) => string>> {
  return { critical: chalk.red.bold, high: chalk.red, medium: chalk.yellow, low: chalk.green };
}
