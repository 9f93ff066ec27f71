/**
 * Calls `onEnd` when whoever sits at the terminal presses Ctrl-D, or the input ends; returns how to stop. The library's
 * prompts are settled by neither: they wait until the program happens to end.
 */
export function onEndOfInput(stdin: NodeJS.ReadStream, onEnd: () => void): () => void {
  const onKey = (_text: unknown, key: { readonly name?: string; readonly ctrl?: boolean } | undefined): void => {
    if (key?.ctrl === true && key.name === 'd') onEnd();
  };
  stdin.on('keypress', onKey);
  stdin.on('end', onEnd);
  return () => {
    stdin.off('keypress', onKey);
    stdin.off('end', onEnd);
  };
}
