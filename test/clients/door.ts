import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startProcess } from '../../src/sim/kernel/boot.js';
import type { HttpRequest, HttpResponse } from '../../src/sim/kernel/network.js';
import { SECOND } from '../../src/sim/kernel/time.js';
import type { KubectlMachine } from '../sim/kubectl/machine.js';

const PEER = { address: { address: '172.30.1.2', port: 40_000 } };
const TICK_MILLISECONDS = 10;

/** A door on loopback to a machine's API server, so that a real client can be asked about the same state. */
export class Door {
  private readonly server: Server;
  private readonly streams = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly machine: KubectlMachine) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  /** Opens the door and answers `host:port`. */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    // Virtual time goes on while a client waits: fast when a stream is open, else as fast as one that asks again needs.
    this.timer = setInterval(() => {
      this.machine.advance(this.streams.size === 0 ? SECOND / 20 : SECOND / 4);
      for (const pump of [...this.streams]) pump();
    }, TICK_MILLISECONDS);
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const body = Buffer.concat(chunks);
    const response = this.ask({
      method: incoming.method ?? 'GET',
      target: incoming.url ?? '/',
      headers,
      ...(body.length > 0 ? { body } : {}),
    });
    outgoing.writeHead(response.status, response.headers);
    if (response.stream) return this.follow(response, outgoing);
    outgoing.end(response.body ?? '');
  }

  /** One request to the handler; what it waits for comes to pass at once. */
  private ask(request: HttpRequest): HttpResponse {
    const { kernel, host, handler } = this.machine;
    let response: HttpResponse | undefined;
    startProcess(
      host.kernel,
      function* () {
        response = yield* handler(request, PEER);
        return 0;
      },
      ['door'],
    );
    kernel.advanceUntil(() => response !== undefined || kernel.crashes.length > 0, 60 * SECOND);
    if (kernel.crashes[0]) throw kernel.crashes[0].error;
    return response ?? { status: 504, headers: {} };
  }

  private follow({ stream }: HttpResponse, outgoing: ServerResponse): void {
    if (!stream) return;
    outgoing.flushHeaders();
    const pump = (): void => {
      for (let item = stream.items.tryReceive(); item !== undefined; item = stream.items.tryReceive()) {
        if (item === 'end') {
          this.streams.delete(pump);
          outgoing.end();
          return;
        }
        outgoing.write(item instanceof Uint8Array ? item : `${JSON.stringify(item.object)}\n`);
      }
    };
    this.streams.add(pump);
    outgoing.on('close', () => {
      this.streams.delete(pump);
      stream.cancel();
    });
    pump();
  }
}
