import { Errno } from '../../../src/sim/kernel/errno.js';
import type { FileSystem } from '../../../src/sim/kernel/files.js';
import { HostKernel } from '../../../src/sim/kernel/host-kernel.js';
import { Kernel } from '../../../src/sim/kernel/kernel.js';
import type { NetworkNamespace } from '../../../src/sim/kernel/network.js';

/** A kernel with one host that has neither files nor network: enough for processes, pipes, signals and terminals. */
export function bareMachine(seed = '1'): { kernel: Kernel; host: HostKernel } {
  const kernel = new Kernel({ epoch: 0, seed, programs: new Map(), handshake: () => ({}) });
  const files = new Proxy({} as FileSystem, {
    get: () => () => {
      throw new Errno('ENOENT');
    },
  });
  const network: NetworkNamespace = {
    addresses: () => [],
    // Nobody is reachable.
    *connect() {
      throw new Errno('ENETUNREACH');
    },
    listen() {
      throw new Errno('EADDRNOTAVAIL');
    },
    listeners: () => [],
    echo: () => ({ outcome: 'no-network', hops: [] }),
    links: () => [],
    routes: () => [],
    packetRules: () => undefined,
  };
  const host = new HostKernel(kernel, 'host', { id: '', files, network, hostname: 'host', processes: 'host' });
  return { kernel, host };
}
