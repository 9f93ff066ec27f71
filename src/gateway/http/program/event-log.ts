import type { EventStream } from '../event-stream.ts';
import type { Outlet } from './outlet.ts';

/** What was said on the streams of one session, kept for a while for a client that lost its connection. */
export interface EventLog {
  /** What belongs to no request. */
  readonly standalone: LoggedOutlet;
  /** One for the answers to what was posted. */
  open(): LoggedOutlet;
  /** Where a client that saw the event of this id last goes on; null where that is not known. */
  after(eventId: string): { readonly outlet: LoggedOutlet; readonly seen: number } | null;
}

export interface LoggedOutlet extends Outlet {
  /** Whether nothing will come any more, and nothing is left that came after this event. */
  isOver(seen: number): boolean;
  /** The client that listens from now on, and gets what came after this event first. */
  attach(stream: EventStream, seen?: number): void;
}

interface Kept {
  readonly outlet: number;
  readonly event: number;
  readonly message: string;
}

const MAX_EVENTS = 1000;
const MAX_CHARS = 2 * 1024 * 1024;

export function createEventLog(): EventLog {
  const kept: Kept[] = [];
  let chars = 0;
  const outlets = new Map<number, LoggedOutlet>();
  let lastOutlet = -1;
  /** The oldest make room. An outlet is forgotten with the last of its events, once it is finished. */
  const keep = (one: Kept): void => {
    kept.push(one);
    chars += one.message.length;
    while (kept.length > MAX_EVENTS || chars > MAX_CHARS) {
      const oldest = kept.shift();
      if (oldest === undefined) break;
      chars -= oldest.message.length;
      if (outlets.get(oldest.outlet)?.isOver(oldest.event) === true) outlets.delete(oldest.outlet);
    }
  };
  /** Those that were finished without a word have no last event. */
  const forgetOldest = (): void => {
    for (const [number, outlet] of outlets) {
      if (outlets.size < MAX_EVENTS) return;
      if (outlet.isOver(0)) outlets.delete(number);
    }
  };
  const open = (): LoggedOutlet => {
    forgetOldest();
    lastOutlet += 1;
    const outlet = createOutlet(lastOutlet, kept, keep);
    outlets.set(lastOutlet, outlet);
    return outlet;
  };
  return {
    standalone: open(),
    open,
    after(eventId) {
      const [, number, seen] = /^(\d{1,9})-(\d{1,9})$/.exec(eventId) ?? [];
      const outlet = outlets.get(Number(number));
      return outlet === undefined ? null : { outlet, seen: Number(seen) };
    },
  };
}

function createOutlet(number: number, kept: readonly Kept[], keep: (one: Kept) => void): LoggedOutlet {
  let attached: EventStream | null = null;
  let last = 0;
  let sent = 0;
  let isFinished = false;
  const isOpen = (): boolean => attached?.isOpen() === true;
  const send = (event: number, data: string): Promise<unknown> => {
    sent = Math.max(sent, event);
    return attached?.send({ event: 'message', id: `${number}-${event}`, data }) ?? Promise.resolve();
  };
  const since = (seen: number): readonly Kept[] =>
    kept.filter(({ outlet, event }) => outlet === number && event > seen);
  return {
    get isOpen() {
      return isOpen();
    },
    primer() {
      last += 1;
      return `${number}-${last}`;
    },
    push(message) {
      last += 1;
      keep({ outlet: number, event: last, message });
      return isOpen() ? send(last, message) : Promise.resolve();
    },
    finish() {
      isFinished = true;
      attached?.end();
    },
    isOver: (seen) => isFinished && since(seen).length === 0,
    attach(stream, seen = sent) {
      attached?.end();
      attached = stream;
      for (const { event, message } of since(seen)) void send(event, message);
      if (isFinished) stream.end();
    },
  };
}
