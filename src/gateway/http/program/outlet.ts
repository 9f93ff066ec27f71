import type { EventStream } from '../event-stream.ts';

/** Where messages for a client go, whether it listens at the moment or not. */
export interface Outlet {
  /** Whether a client listens. */
  readonly isOpen: boolean;
  /** Resolves when the client has taken it, or will not. */
  push(message: string): Promise<unknown>;
  /** An id for an event without a message, which a client that loses its connection can name; null where none can be. */
  primer(): string | null;
  /** Nothing more comes. */
  finish(): void;
  /** The client that listens from now on; whoever did before is let go. */
  attach(stream: EventStream): void;
}

/** One that keeps nothing: what is said while nobody listens is lost. */
export function plainOutlet(): Outlet {
  let attached: EventStream | null = null;
  return {
    get isOpen() {
      return attached?.isOpen() === true;
    },
    push: (data) => attached?.send({ event: 'message', data }) ?? Promise.resolve(),
    primer: () => null,
    finish: () => attached?.end(),
    attach(stream) {
      attached = stream;
    },
  };
}
