import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { ServerProcess } from './server-process.ts';

/**
 * Our own in place of the SDK's, which neither ends what a launcher has started nor passes over lines on stdout that
 * are not JSON-RPC. Closing it only lets go of the process: a client closes its transport when its handshake
 * fails, and then a client of another protocol era speaks to the same process.
 */
export class ChildProcessTransport implements Transport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: Transport['onmessage'];
  readonly #process: ServerProcess;

  constructor(process: ServerProcess) {
    this.#process = process;
  }

  async start(): Promise<void> {
    // Whether a message is what it says is checked by the client; here it is only one that calls itself JSON-RPC.
    this.#process.deliverTo((message) => this.onmessage?.(message as JSONRPCMessage));
    void this.#process.ended.then(() => this.onclose?.());
  }

  async send(message: JSONRPCMessage): Promise<void> {
    this.#process.write(`${JSON.stringify(message)}\n`);
  }

  async close(): Promise<void> {
    this.onclose?.();
    this.onclose = undefined;
    this.onerror = undefined;
    this.onmessage = undefined;
  }
}
