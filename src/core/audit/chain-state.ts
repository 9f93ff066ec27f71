/** Where the chain ends. Noted down elsewhere, it shows later whether the log still holds what it held. */
export interface ChainHead {
  readonly seq: number;
  readonly digest: string;
}

/** Before the first row. */
export const CHAIN_START: ChainHead = { seq: 0, digest: '0'.repeat(64) };

/** What a look through the whole chain found. */
export type ChainState =
  | { readonly intact: true; readonly head: ChainHead }
  | { readonly intact: false; readonly seq: number; readonly because: string; readonly head: ChainHead };
