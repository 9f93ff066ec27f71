import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What is to be answered on a connection. */
const onConnection = new WeakMap<Socket, Set<ServerResponse>>();

/**
 * Sees to it that the response is told of the end of its connection. Node tells the one whose turn it is alone: where a
 * client sent several requests at once and left, those behind it would never be over, and hold what they hold for ever.
 */
export function endsWithConnection({ socket }: IncomingMessage, response: ServerResponse): void {
  const responses = onConnection.get(socket) ?? watched(socket);
  responses.add(response);
  response.once('close', () => responses.delete(response));
}

function watched(socket: Socket): Set<ServerResponse> {
  const responses = new Set<ServerResponse>();
  onConnection.set(socket, responses);
  socket.once('close', () => {
    for (const response of [...responses]) {
      // The one whose turn it is has it.
      if (response.socket !== null) continue;
      response.destroy();
      response.emit('close');
    }
  });
  return responses;
}
