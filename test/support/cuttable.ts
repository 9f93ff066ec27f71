import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** What stands between a client and a server, and loses its connections when it is told to. */
export interface Cuttable {
  /** Where clients find it. */
  readonly host: string;
  leadTo(address: string): void;
  cut(): void;
}

export async function startCuttable(test: TestContext): Promise<Cuttable> {
  const open = new Set<Socket>();
  let target: URL | null = null;
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {});
  };
  const cut = (): void => {
    for (const socket of open) socket.resetAndDestroy();
  };
  const server = createServer((client) => {
    keep(client);
    if (target === null) return void client.destroy();
    const onward = connect(Number(target.port), target.hostname);
    keep(onward);
    client.pipe(onward).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    cut();
    server.close();
  });
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo(address) {
      target = new URL(address);
    },
    cut,
  };
}
