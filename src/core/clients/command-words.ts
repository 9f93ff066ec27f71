import { launchedPackage, programName } from '../server/launcher.ts';

/**
 * A command line without what makes no other server of it: the shell that Windows needs to find a program, and a
 * launcher's folder, ending and "yes".
 */
export function commandWords(command: string, args: readonly string[]): string[] {
  const isShell = programName(command).toLowerCase() === 'cmd' && args[0]?.toLowerCase() === '/c';
  const [program = '', ...rest] = isShell ? args.slice(1) : [command, ...args];
  if (launchedPackage(program, rest) === null) return [program, ...rest];
  const first = rest.findIndex((word) => !/^(?:-y|--yes)$/.test(word));
  return [programName(program), ...rest.slice(Math.max(first, 0))];
}
