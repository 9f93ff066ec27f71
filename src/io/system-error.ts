import { getSystemErrorMap } from 'node:util';

/** Whether the operating system refused something, as against a mistake of ours. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** "No such file or directory (ENOENT)": what the system says, without the path that Node adds. */
export function systemErrorText({ code, errno, message }: NodeJS.ErrnoException): string {
  const words = errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1];
  if (words === undefined) return code ?? message;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${code}).`;
}
