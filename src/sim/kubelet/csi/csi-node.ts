import { isAlreadyExists, isNotFound } from '../../api/status.js';
import type { Node } from '../../api/types/node.js';
import type { CSINode, CSINodeDriver } from '../../api/types/storage.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';

const NODE_ID = 'csi.volume.kubernetes.io/nodeid';
const MERGE = 'application/strategic-merge-patch+json';
/** Plugins of kubelet's own whose volumes drivers look after: all that are left of them. */
const MIGRATED = { 'storage.alpha.kubernetes.io/migrated-plugins': migratedPlugins() };
const CSI_NODES: ResourceType = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'csinodes',
  kind: 'CSINode',
  namespaced: false,
};

/** Makes the CSINode of a node that has none yet, or one of a node before it (InitializeCSINodeWithAnnotation). */
export function* initializeCsiNode(client: ApiClient, node: Node): Waiting<void> {
  try {
    yield* client.create(CSI_NODES, freshCsiNode(node, []));
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    const { name = '' } = node.metadata;
    const known = yield* client.get<CSINode>(CSI_NODES, name);
    if (known.metadata.ownerReferences?.some(({ kind, uid }) => kind === 'Node' && uid === node.metadata.uid)) {
      yield* annotate(client, known);
      return;
    }
    yield* client.delete(CSI_NODES, name);
    yield* client.create(CSI_NODES, freshCsiNode(node, []));
  }
}

function* annotate(client: ApiClient, { metadata, ...csiNode }: CSINode): Waiting<void> {
  const annotations = { ...metadata.annotations, ...MIGRATED };
  if (Object.entries(MIGRATED).every(([key, value]) => metadata.annotations?.[key] === value)) return;
  yield* client.update(CSI_NODES, { ...csiNode, metadata: { ...metadata, annotations } });
}

/** Writes what a driver calls the node, and where it is by the driver's own measure (InstallCSIDriver). */
export function* markNode(
  client: ApiClient,
  node: string,
  driver: string,
  id: string,
  topology: Readonly<Record<string, string>>,
): Waiting<void> {
  const { metadata } = yield* client.get<Node>(RESOURCES.nodes, node);
  const ids = { ...nodeIds(metadata.annotations), [driver]: id };
  const patch = { metadata: { annotations: { [NODE_ID]: inOrder(ids) }, labels: topology } };
  yield* client.patch(RESOURCES.nodes, node, undefined, MERGE, patch);
}

/** Takes away what a driver called the node; where it was stays. */
export function* unmarkNode(client: ApiClient, node: string, driver: string): Waiting<void> {
  const { metadata } = yield* client.get<Node>(RESOURCES.nodes, node);
  const { [driver]: gone, ...others } = nodeIds(metadata.annotations);
  if (gone === undefined) return;
  const left = Object.keys(others).length > 0 ? inOrder(others) : null;
  yield* client.patch(RESOURCES.nodes, node, undefined, MERGE, { metadata: { annotations: { [NODE_ID]: left } } });
}

/** Writes a driver into the node's CSINode, or takes it out. */
export function* writeDriver(
  client: ApiClient,
  node: string,
  name: string,
  driver: CSINodeDriver | undefined,
): Waiting<void> {
  const known = yield* csiNode(client, node);
  const others = (known?.spec.drivers ?? []).filter((one) => one.name !== name);
  const drivers = driver ? [...others, driver] : others;
  if (known) yield* client.update(CSI_NODES, { ...known, spec: { ...known.spec, drivers } });
  else yield* client.create(CSI_NODES, freshCsiNode(yield* client.get<Node>(RESOURCES.nodes, node), drivers));
}

function freshCsiNode({ metadata: { name = '', uid = '' } }: Node, drivers: CSINodeDriver[]): CSINode {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: { name, annotations: MIGRATED, ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }] },
    spec: { drivers },
  };
}

function* csiNode(client: ApiClient, node: string): Waiting<CSINode | undefined> {
  try {
    return yield* client.get<CSINode>(CSI_NODES, node);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function nodeIds(annotations: Readonly<Record<string, string>> = {}): Record<string, string> {
  try {
    return JSON.parse(annotations[NODE_ID] ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}

/** As Go writes a map: by name. */
function inOrder(ids: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(ids).sort(([one], [other]) => (one < other ? -1 : 1))));
}

function migratedPlugins(): string {
  const names = 'aws-ebs azure-disk azure-file cinder gce-pd portworx-volume vsphere-volume'.split(' ');
  return names.map((name) => `kubernetes.io/${name}`).join(',');
}
