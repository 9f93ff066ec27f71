const MAX_LENGTH = 300;

/** The message of the error that began it all, on one line and bounded. */
export function innermostMessage(error: unknown): string {
  const inner = innermost(error);
  if (isSchemaError(inner)) return 'What it sent is no JSON-RPC message';
  const message = inner instanceof Error ? inner.message || inner.name : String(inner);
  // The SDK puts its own prefix before what the server said.
  const [line = ''] = message
    .replace(/^(?:MCP error -?\d+: |Streamable HTTP error: )+/, '')
    .trim()
    .split(/\r?\n/);
  return line.slice(0, MAX_LENGTH);
}

/** The message of a ZodError is a page of JSON, by which the SDK says that a message does not fit the protocol. */
function isSchemaError(error: unknown): boolean {
  return error instanceof Error && 'issues' in error && Array.isArray(error.issues);
}

/** The error at the bottom of the chain of causes; of several attempts at once, the first. */
export function innermost(error: unknown): unknown {
  let inner = error;
  // A chain that leads back into itself would never end.
  for (let depth = 0; depth < 10; depth++) {
    const deeper = inner instanceof AggregateError ? inner.errors[0] : inner instanceof Error ? inner.cause : undefined;
    if (deeper === undefined) return inner;
    inner = deeper;
  }
  return inner;
}

/** The sentence of a reason, with a full stop where it has none. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
