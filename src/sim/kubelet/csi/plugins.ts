import { StatusError } from '../../api/status.js';
import { CsiError, csiCall } from '../../client/csi-client.js';
import { isUnreachable } from '../../client/go-errors.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { makeFolders } from '../pods/host-files.js';
import { markNode, unmarkNode, writeDriver } from './csi-node.js';

const REGISTRY = '/var/lib/kubelet/plugins_registry';

/** The CSI drivers that a node has: those whose registrars put a socket where kubelet looks (pluginwatcher). */
export class CsiPlugins {
  /** Where each driver is asked, by its name. */
  private readonly endpoints = new Map<string, string>();
  /** Drivers by the sockets that told of them. */
  private readonly known = new Map<string, string>();

  constructor(private readonly context: Pick<KubeletContext, 'sys' | 'client' | 'log' | 'nodeName'>) {}

  endpoint(driver: string): string | undefined {
    return this.endpoints.get(driver);
  }

  /** Follows the folder for ever. */
  *work(): Waiting<void> {
    const { sys } = this.context;
    makeFolders(this.context as KubeletContext, REGISTRY);
    makeFolders(this.context as KubeletContext, '/var/lib/kubelet/plugins');
    const changed = sys.fileSystem().watch(REGISTRY, sys.credentials);
    for (;;) {
      const done = yield* this.look();
      yield done ? changed : { queues: [changed], until: sys.now() + SECOND };
    }
  }

  /** Takes in what is new and lets go of what is gone; tells whether all of it could be. */
  private *look(): Waiting<boolean> {
    const sockets = socketsIn(this.context.sys);
    for (const [socket, driver] of [...this.known]) {
      if (sockets.includes(socket)) continue;
      this.known.delete(socket);
      this.endpoints.delete(driver);
      yield* this.told(() => this.unregister(driver));
    }
    let done = true;
    for (const socket of sockets)
      if (!this.known.has(socket)) done = (yield* this.told(() => this.register(socket))) && done;
    return done;
  }

  private *register(socket: string): Waiting<void> {
    const { sys, client, nodeName, log } = this.context;
    const { type, name, endpoint } = yield* csiCall(sys, socket, 'GetInfo', {});
    if (type !== 'CSIPlugin') return;
    log.info('csi_plugin.go:120', 'kubernetes.io/csi: Register new plugin', { name, endpoint });
    const { nodeId, topology, volumesMax } = yield* csiCall(sys, endpoint, 'NodeGetInfo', {});
    yield* markNode(client, nodeName, name, nodeId, topology);
    yield* writeDriver(client, nodeName, name, {
      name,
      nodeID: nodeId,
      topologyKeys: Object.keys(topology),
      ...(volumesMax === undefined ? {} : { allocatable: { count: volumesMax } }),
    });
    this.known.set(socket, name);
    this.endpoints.set(name, endpoint);
  }

  private *unregister(driver: string): Waiting<void> {
    const { client, nodeName } = this.context;
    yield* writeDriver(client, nodeName, driver, undefined);
    yield* unmarkNode(client, nodeName, driver);
  }

  private *told(step: () => Waiting<void>): Waiting<boolean> {
    try {
      yield* step();
      return true;
    } catch (error) {
      if (!(error instanceof CsiError) && !(error instanceof StatusError) && !isUnreachable(error)) throw error;
      this.context.log.error('goroutinemap.go:150', error.message, 'Operation for plugin registration failed');
      return false;
    }
  }
}

function socketsIn(sys: Sys): string[] {
  try {
    const found = sys.readDirectory(REGISTRY).filter(({ type }) => type === 'socket');
    return found.map(({ name }) => `${REGISTRY}/${name}`);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}
