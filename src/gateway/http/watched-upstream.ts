import { type Upstream, UpstreamFailure } from '../../io/upstream.ts';

/** A server elsewhere that remembers how the last request went. */
export interface WatchedUpstream extends Upstream {
  /** Why it cannot be used, as far as the last request tells. */
  trouble(): string | null;
}

export function watchedUpstream(upstream: Upstream): WatchedUpstream {
  let trouble: string | null = null;
  return {
    ...upstream,
    trouble: () => trouble,
    async ask(request) {
      try {
        const answer = await upstream.ask(request);
        const isRefused = answer.status === 401 || answer.status === 403;
        trouble = isRefused ? `It does not take the credentials of the gateway (HTTP status ${answer.status}).` : null;
        return answer;
      } catch (error) {
        if (error instanceof UpstreamFailure && !request.signal.aborted) trouble = failureText(error);
        throw error;
      }
    },
  };
}

/** The code alone: the text of an error may quote an address. */
function failureText({ cause, hasArrived }: UpstreamFailure): string {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const named = code === undefined ? '' : ` (${code})`;
  return hasArrived ? `It broke off the last request${named}.` : `It could not be reached${named}.`;
}
