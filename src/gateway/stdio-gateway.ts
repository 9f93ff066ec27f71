import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { eachChunk } from '../io/files/each-chunk.ts';
import { createLineSplitter, type RawLine } from '../io/files/split-lines.ts';
import type { Grace } from '../io/stdio/process-group.ts';
import type { ServedServer } from '../io/stdio/served-server.ts';
import type { Exit } from '../io/stdio/server-process.ts';
import { within } from '../io/within.ts';
import type { Enforcer } from './enforcer.ts';
import type { Log } from './event.ts';
import { INVALID_REQUEST, type JsonRpc } from './message/json-rpc.ts';
import { serverText } from './message/server-text.ts';
import { type Passage, passText } from './pass-text.ts';
import { MAX_MESSAGE_BYTES, OUTPUT_GRACE_MS, readServerLines, untilRead, withoutReturn } from './server-lines.ts';
import { createSession, type Session } from './session.ts';

/** A client that closed its end wants the server to finish, and not to stay. */
const CLIENT_LEFT: Grace = { byItselfMs: 10_000, whenAskedMs: 3000 };
/** Clients that send a signal kill soon after, and then nobody would be left to end the server. */
const TOLD_TO_END: Grace = { byItselfMs: 1200, whenAskedMs: 300 };
/** Decisions that are taken at a time, so that they are begun in order and do not wait for each other's records. */
const MAX_DECIDING = 64;

export interface StdioGateway {
  readonly client: { readonly input: Readable; readonly output: Writable };
  readonly server: ServedServer;
  readonly name: string;
  readonly enforcer: Enforcer;
  readonly log: Log;
  /** Calls back for every signal that asks us to end; returns how to stop that. */
  readonly onSignal: (receive: (signal: NodeJS.Signals) => void) => () => void;
}

/** Passes messages between a client and a server until one of them ends; then the other is ended. Returns how the server ended. */
export async function runStdioGateway(gateway: StdioGateway): Promise<Exit> {
  const { client, server, name, enforcer, onSignal } = gateway;
  const toClient = createOutput(client.output);
  const session = createSession({
    caller: { grant: 'local', server: name },
    grant: 'local',
    toClient: (message) => toClient.send(JSON.stringify(message)),
  });
  const stopListening = enforcer.onListChange(() => {
    for (const message of enforcer.listChanged(session)) session.toClient(message);
  });
  const stopSignals = onSignal((signal) => {
    void server.endBy(signal, TOLD_TO_END);
  });
  client.output.on('error', () => void server.end(CLIENT_LEFT));

  const fromServer = readServer(gateway, session, toClient);
  const fromClient = readClient(gateway, session, toClient).then(() => {
    // Nobody is there for whom a call could wait; what is in flight may still be answered.
    enforcer.withdrawWaiting(session);
    return server.end(CLIENT_LEFT);
  });
  const exit = await server.exit;
  await untilRead(fromServer, server.stdout, () => toClient.room() !== undefined);
  stopSignals();
  stopListening();
  client.input.pause();
  client.input.destroy();
  await Promise.all([server.end(TOLD_TO_END), within(fromClient, OUTPUT_GRACE_MS)]);
  enforcer.endSession(session);
  await enforcer.settled();
  await toClient.flushed();
  return exit;
}

interface Output {
  /** False where nobody reads any more. */
  send(line: Buffer | string): boolean;
  /** Resolves when there is room for more. */
  room(): Promise<void> | undefined;
  flushed(): Promise<void>;
}

function createOutput(stream: Writable): Output {
  return {
    send(line) {
      if (!stream.writable) return false;
      stream.write(typeof line === 'string' ? `${line}\n` : Buffer.concat([line, NEWLINE]));
      return true;
    },
    room() {
      if (!stream.writableNeedDrain || !stream.writable) return undefined;
      return Promise.race([once(stream, 'drain'), once(stream, 'close')]).then(
        () => {},
        () => {},
      );
    },
    flushed: () => new Promise((resolve) => (stream.writable ? stream.write('', () => resolve()) : resolve())),
  };
}

const NEWLINE = Buffer.from('\n');

/** Resolves when the client has closed its end, and all it sent has been decided on. */
async function readClient(
  { client, server, enforcer, log, name }: StdioGateway,
  session: Session,
  toClient: Output,
): Promise<void> {
  const splitter = createLineSplitter(MAX_MESSAGE_BYTES);
  const answer = (messages: readonly JsonRpc[]): void => {
    for (const message of messages) toClient.send(JSON.stringify(message));
  };
  const deliver = async (passage: Passage): Promise<void> => {
    answer(passage.answers);
    for (const later of passage.later) void later.then(deliver);
    if (passage.forward === null) return toClient.room();
    const lost = (because?: string): void => void passage.unreached(because).then(answer);
    const { forward } = passage;
    await server.write(typeof forward === 'string' ? `${forward}\n` : Buffer.concat([forward, NEWLINE]), lost);
  };
  const decide = (line: RawLine): Promise<Passage> | null => {
    if (line === 'too long') {
      const fault = { code: INVALID_REQUEST, message: `A message has at most ${MAX_MESSAGE_BYTES} bytes.` };
      return passText(fault, enforcer, session);
    }
    const bytes = withoutReturn(line);
    return bytes.length === 0 ? null : passText(bytes, enforcer, session);
  };
  // Decisions are begun in the order of the messages, and take effect in it.
  let last: Promise<void> = Promise.resolve();
  const deciding = new Set<Promise<void>>();
  const take = (line: RawLine): void => {
    const decided = decide(line);
    if (decided === null) return;
    const before = last;
    const turn = decided.then(async (passage) => {
      await before;
      await deliver(passage);
    });
    last = turn;
    deciding.add(turn);
    void turn.finally(() => deciding.delete(turn));
  };
  await eachChunk(client.input, (chunk) => {
    const lines = splitter.add(chunk);
    if (lines.length < MAX_DECIDING && deciding.size < MAX_DECIDING) {
      for (const line of lines) take(line);
      return undefined;
    }
    return (async () => {
      for (const line of lines) {
        while (deciding.size >= MAX_DECIDING) await Promise.race(deciding);
        take(line);
      }
    })();
  });
  await last;
  const rest = splitter.rest().length;
  if (rest > 0)
    log({
      event: 'refused',
      level: 'warning',
      server: name,
      message: `The last message was not ended (${rest} bytes).`,
    });
}

/** Resolves when the server has closed its stdout. */
function readServer({ server, enforcer, log, name }: StdioGateway, session: Session, toClient: Output): Promise<void> {
  return readServerLines(server.stdout, {
    take({ bytes, messages, isBatch }) {
      const passed = messages.map((message) => enforcer.fromServer(message, session));
      const isUntouched = passed.every((message, at) => message === messages[at]);
      const texts = (): string => passed.map(serverText).join(',');
      toClient.send(isUntouched ? bytes : isBatch ? `[${texts()}]` : texts());
      return toClient.room();
    },
    noise: (message) => log({ event: 'noise', level: 'warning', server: name, message }),
  });
}
