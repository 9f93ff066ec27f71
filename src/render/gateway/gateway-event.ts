import { printable } from '../text/printable.ts';

export const LOG_FORMATS = ['json', 'text', 'off'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** What is told of something that happened. */
interface Told {
  readonly event: string;
  readonly level: string;
  readonly server: string;
  readonly grant?: string;
  readonly tool?: string;
  readonly rule?: string;
  readonly message: string;
}

/** One line about something that happened in the gateway; null where nothing is to be told. */
export function renderGatewayEvent(told: Told, at: Date, format: LogFormat): string | null {
  if (format === 'off') return null;
  if (format === 'json') return JSON.stringify({ at: at.toISOString(), ...told });
  const { event, level, server, tool, rule, message } = told;
  const about = [server, tool, rule].filter((part) => part !== undefined).join(' ');
  return printable(`policylayer: ${level === 'error' ? 'ERROR ' : ''}${event} (${about}): ${message}`);
}
