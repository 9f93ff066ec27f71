import { errorAnswer, INTERNAL_ERROR, type JsonRpc } from './json-rpc.ts';

const TOO_DEEP = 'What the server said is nested too deeply to be passed on.';

/** A message of a server that is written anew. In the place of one that nests too deeply for that stands an error. */
export function serverText(message: JsonRpc): string {
  try {
    return JSON.stringify(message);
  } catch {
    return JSON.stringify(errorAnswer(message.id, INTERNAL_ERROR, TOO_DEEP));
  }
}
