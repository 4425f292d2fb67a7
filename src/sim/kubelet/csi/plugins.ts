import { isNotFound, StatusError } from '../../api/status.js';
import type { CSINode, CSINodeDriver } from '../../api/types/storage.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import { CsiError, csiCall } from '../../client/csi-client.js';
import { isUnreachable } from '../../client/go-errors.js';
import { RESOURCES } from '../../client/resource-types.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { makeFolders } from '../pods/host-files.js';

const REGISTRY = '/var/lib/kubelet/plugins_registry';
const NODE_ID = 'csi.volume.kubernetes.io/nodeid';
const CSI_NODES: ResourceType = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'csinodes',
  kind: 'CSINode',
  namespaced: false,
};

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
      yield* this.told(() => writeDriver(this.context.client, this.context.nodeName, driver, undefined));
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

/** What the driver calls the node, and where it is by the driver's own measure. */
function* markNode(
  client: ApiClient,
  node: string,
  driver: string,
  id: string,
  topology: Readonly<Record<string, string>>,
): Waiting<void> {
  const annotations = { [NODE_ID]: JSON.stringify({ [driver]: id }) };
  const patch = { metadata: { annotations, labels: topology } };
  yield* client.patch(RESOURCES.nodes, node, undefined, 'application/strategic-merge-patch+json', patch);
}

/** Writes a driver into the node's CSINode, or takes it out. */
function* writeDriver(client: ApiClient, node: string, name: string, driver: CSINodeDriver | undefined): Waiting<void> {
  const known = yield* csiNode(client, node);
  const others = (known?.spec.drivers ?? []).filter((one) => one.name !== name);
  const drivers = driver ? [...others, driver] : others;
  if (known) {
    yield* client.update(CSI_NODES, { ...known, spec: { ...known.spec, drivers } });
    return;
  }
  const { metadata } = yield* client.get(RESOURCES.nodes, node);
  const owner = { apiVersion: 'v1', kind: 'Node', name: node, uid: metadata.uid ?? '' };
  const made: CSINode = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: { name: node, ownerReferences: [owner] },
    spec: { drivers },
  };
  yield* client.create(CSI_NODES, made);
}

function* csiNode(client: ApiClient, node: string): Waiting<CSINode | undefined> {
  try {
    return yield* client.get<CSINode>(CSI_NODES, node);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
