import { redactor } from '../../../core/server/redact.ts';
import { credentialMask } from '../../../io/http/credential-mask.ts';
import { openServedProcess, type ServedProcess } from '../../../io/stdio/served-process.ts';
import type { Exit } from '../../../io/stdio/server-process.ts';
import type { JsonRpc } from '../../message/json-rpc.ts';
import { serverText } from '../../message/server-text.ts';
import { readServerLines, untilRead } from '../../server-lines.ts';
import type { Program } from './program.ts';
import { tellLines } from './tell-lines.ts';

export interface RunningProgram {
  readonly server: ServedProcess;
  /** Settles when it has ended and all it said was taken. */
  readonly ended: Promise<Exit>;
}

/** One message of a server; its text where it is a line of its own. */
export type TakeMessage = (message: JsonRpc, text: string) => Promise<unknown> | undefined;

/** Starts the program and reads what it says. Throws UserError where it cannot be started. */
export async function runProgram(program: Program, take: TakeMessage): Promise<RunningProgram> {
  const { name, spec, env, log } = program;
  const redact = redactor(spec);
  const server = await openServedProcess(spec, env, redact);
  // Several programs share our stderr: each line has to say whose it is.
  void tellLines(server.stderr, (line) =>
    log({ event: 'server-said', level: 'info', server: name, message: redact(line) }),
  );
  const { mask } = credentialMask(spec);
  /** Its credentials are the gateway's, and not for whoever may call it. */
  const takeText = (text: string, message: JsonRpc): Promise<unknown> | undefined => {
    const masked = mask(text);
    return masked === text ? take(message, text) : take(JSON.parse(masked) as JsonRpc, masked);
  };
  let busy = 0;
  const output = readServerLines(server.stdout, {
    take({ bytes, messages: [message, ...others], isBatch }) {
      const all = isBatch
        ? [message, ...others].map((each) => takeText(serverText(each ?? {}), each ?? {}))
        : [takeText(lineText(bytes), message ?? {})];
      busy += 1;
      return Promise.all(all).finally(() => {
        busy -= 1;
      });
    },
    noise: (message) => log({ event: 'noise', level: 'warning', server: name, message }),
  });
  const ended = server.exit.then(async (exit) => {
    await untilRead(output, server.stdout, () => busy > 0);
    return exit;
  });
  return { server, ended };
}

/** A carriage return, which can stand between values only, would end a line of an event. */
const lineText = (bytes: Buffer): string => bytes.toString('utf8').replaceAll('\r', ' ');

export const exitText = ({ code, signal }: Exit): string =>
  signal === null ? `exit code ${code}` : `ended by ${signal}`;
