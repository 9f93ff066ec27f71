/**
 * The notifications of progress that arrive through a transport, as they do. Set before a client is connected: the
 * clients of the SDKs drop progress that they read together with the answer.
 */
export function progressOf(transport: { onmessage?: ((message: never) => void) | undefined }): readonly unknown[] {
  const progress: unknown[] = [];
  transport.onmessage = (message: object) => {
    if ('method' in message && message.method === 'notifications/progress' && 'params' in message)
      progress.push(message.params);
  };
  return progress;
}
