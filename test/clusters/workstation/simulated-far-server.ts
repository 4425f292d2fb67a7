import { LiveClock } from '../../../src/clusters/sim/live-clock.js';
import type { MachineInput, SimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import type { FarListener, FarRequest, FarServer } from '../../../src/clusters/workstation/far-server.js';

/** A far server that is another simulated cluster, whose time goes by a clock; and all that it was asked. */
export function simulatedFarServer(
  cluster: SimCluster,
  wall: () => number,
): FarServer & { readonly asked: FarRequest[]; open(): number; stop(): void } {
  const clock = new LiveClock(cluster, { wall, stepMax: 1_000_000 });
  const listeners = new Map<number, FarListener>();
  const asked: FarRequest[] = [];
  let lastId = 5_000_000;
  cluster.onEvent((event) => {
    if (!('id' in event)) return;
    const hears = listeners.get(event.id);
    if (!hears) return;
    if (event.kind === 'response') {
      if (!event.streaming) listeners.delete(event.id);
      hears.response(event.response, event.streaming);
    } else if (event.kind === 'chunk') hears.chunk(event.stream, event.bytes, event.end);
    else if (event.kind === 'end' && listeners.delete(event.id)) hears.end(event.error);
  });
  clock.start();
  const input = (one: MachineInput): void => {
    clock.catchUp();
    clock.input(one);
  };
  return {
    asked,
    open: () => listeners.size,
    stop: () => clock.stop(),
    exchange(request, hears) {
      asked.push(request);
      lastId += 1;
      const id = lastId;
      listeners.set(id, hears);
      const { method, path, headers, body, upgrade } = request;
      const upgrading = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-protocol': upgrade === 'ports' ? 'SPDY/3.1+portforward.k8s.io' : 'v5.channel.k8s.io',
      };
      input({
        kind: 'request',
        id,
        administrator: true,
        request: {
          method,
          target: path,
          headers: { ...headers, ...(upgrade ? upgrading : {}) },
          ...(body ? { body } : {}),
        },
      });
      return {
        frame: (stream, bytes, last) => input({ kind: 'frame', id, stream, bytes, ...(last ? { end: true } : {}) }),
        disconnect: () => {
          if (listeners.delete(id)) input({ kind: 'disconnect', id });
        },
      };
    },
  };
}
