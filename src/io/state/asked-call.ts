import type { AskedCall } from './approval-store.ts';
import { argumentsTooLarge } from './state-errors.ts';

/** Nobody reads more than that, and what cannot be read must not be approved. */
const MAX_ARGUMENT_CHARS = 256 * 1024;

/** The call as a store keeps it: its arguments apart, so that they can go. */
export function writtenCall({ grant, server, tool, rule, message, args }: AskedCall): { call: string; args: string } {
  const written = JSON.stringify(args) ?? 'null';
  if (written.length > MAX_ARGUMENT_CHARS) throw argumentsTooLarge(tool, MAX_ARGUMENT_CHARS);
  return { call: JSON.stringify({ grant, server, tool, rule, message }), args: written };
}

export function readCall(call: string, args: string): Omit<AskedCall, 'timeoutMs'> {
  return { ...(JSON.parse(call) as Omit<AskedCall, 'timeoutMs' | 'args'>), args: JSON.parse(args) };
}
