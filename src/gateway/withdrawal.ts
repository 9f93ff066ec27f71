/** Whether a call is still wanted. A signal is made only for those that wait: it costs more than the decision. */
export interface Withdrawal {
  isWithdrawn(): boolean;
  withdraw(): void;
  signal(): AbortSignal;
}

export function createWithdrawal(): Withdrawal {
  let isWithdrawn = false;
  let abort: AbortController | null = null;
  return {
    isWithdrawn: () => isWithdrawn,
    withdraw() {
      isWithdrawn = true;
      abort?.abort();
    },
    signal() {
      abort ??= new AbortController();
      if (isWithdrawn) abort.abort();
      return abort.signal;
    },
  };
}
