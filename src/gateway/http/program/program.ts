import type { StdioSpec } from '../../../core/server/server-spec.ts';
import type { EndpointOptions } from '../endpoint.ts';

/** A server that is a program on this machine, and how it is run. */
export interface Program extends EndpointOptions {
  readonly spec: StdioSpec;
  readonly env: Readonly<Record<string, string>>;
}
