import { startProcess } from '../kernel/boot.js';
import type { Bytes } from '../kernel/bytes.js';
import { encodeText } from '../kernel/bytes.js';
import { Channel } from '../kernel/channel.js';
import type { HostKernel } from '../kernel/host-kernel.js';
import type { ClientTls, Frame, HttpRequest, HttpResponse } from '../kernel/network.js';
import type { Process } from '../kernel/process.js';
import type { Program } from '../kernel/sys.js';
import { ExitProcess } from '../kernel/sys.js';

/** Where requests from outside go and as whom. */
export interface RequestRoute {
  readonly address: string;
  readonly port: number;
  readonly serverName: string;
  readonly tls: ClientTls;
}

export interface RequestEvents {
  response(response: Omit<HttpResponse, 'stream' | 'upgrade'>, streaming: boolean): void;
  chunk(stream: number, bytes: Bytes, end?: boolean): void;
  end(error?: string): void;
}

/** A request under way from outside: frames can be sent, and it can be given up. */
export interface OutsideRequest {
  frame(frame: Frame): void;
  cancel(): void;
}

/** Sends an HTTP request to a server of the simulation from a host outside of it, and tells all that comes back. */
export function startRequest(
  host: HostKernel,
  route: RequestRoute,
  request: HttpRequest,
  events: RequestEvents,
): OutsideRequest {
  const frames = new Channel<Frame>();
  let cancelStream: (() => void) | undefined;
  const run: Program = function* run(sys) {
    try {
      const connection = yield* sys.connect({ address: route.address, port: route.port, name: route.serverName });
      if (connection.serverTls) yield* connection.startTls({ ...route.tls, serverName: route.serverName });
      const answer = yield* connection.request({
        kind: 'http',
        ...request,
        ...(wantsUpgrade(request) ? { upgrade: frames } : {}),
      });
      if (answer.kind !== 'http-response') throw new Error('malformed HTTP response');
      const { stream, upgrade, ...response } = answer;
      events.response(response, stream !== undefined || upgrade !== undefined);
      if (stream) {
        cancelStream = () => stream.cancel();
        for (;;) {
          const item = yield* stream.items.receive();
          if (item === 'end') break;
          events.chunk(0, item instanceof Uint8Array ? item : encodeText(`${JSON.stringify(item.object)}\n`));
        }
      } else if (upgrade) {
        for (;;) {
          const frame = yield* upgrade.receive();
          if (frame === 'end') break;
          if (!frame.terminal) events.chunk(frame.stream, frame.bytes, frame.end);
        }
      }
      events.end();
      return 0;
    } catch (error) {
      if (error instanceof ExitProcess) throw error;
      events.end(error instanceof Error ? error.message : String(error));
      return 1;
    }
  };
  const process: Process = startProcess(host, run, ['request', request.method, request.target]);
  return {
    frame: (frame) => frames.send(frame),
    cancel: () => {
      frames.close();
      cancelStream?.();
      process.end({ signal: 'KILL' });
    },
  };
}

/** Protocols whose streams travel as frames inside the machine; a request for any other is an ordinary one. */
const UPGRADES = new Set(['spdy/3.1', 'websocket']);

function wantsUpgrade({ headers }: HttpRequest): boolean {
  return UPGRADES.has(headers['upgrade']?.toLowerCase() ?? '');
}
