import { quantityValue } from '../../api/quantity.js';
import type { CSINode, PersistentVolume } from '../../api/types/storage.js';
import { SELECTED_NODE } from '../../api/volumes/claims.js';
import { sizeOf } from '../../api/volumes/matching.js';
import type { ApiClient } from '../../client/client.js';
import { CsiError, csiCall } from '../../client/csi-client.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import {
  IgnoredClaim,
  ProvisionController,
  ProvisionError,
  type Provisioner,
  type ProvisionRequest,
} from '../provisioner/provision-controller.js';
import { STORAGE } from '../provisioner/storage-types.js';
import { inUnits } from './bytes.js';
import { contentSource } from './data-source.js';
import { driverName, flagsOf, podClient, socketPath } from './sidecar.js';
import { StorageCapacities } from './storage-capacities.js';

/** Classes here name no secrets to make or delete volumes with. */
const NO_SECRETS = {
  'volume.kubernetes.io/provisioner-deletion-secret-name': '',
  'volume.kubernetes.io/provisioner-deletion-secret-namespace': '',
};
const FINALIZER = 'external-provisioner.volume.kubernetes.io/finalizer';

/** external-provisioner v6.3 beside a driver on each node: has volumes made for claims whose pods come to its node. */
export const csiProvisioner: Program = function* csiProvisioner(sys) {
  const flags = flagsOf(sys);
  const socket = socketPath(flags.get('csi-address')?.[0] ?? '/run/csi/socket');
  const name = yield* driverName(sys, socket);
  const node = sys.environment.get('NODE_NAME') ?? '';
  const ownNodeOnly = flags.get('node-deployment')?.[0] === 'true';
  const { topology } = yield* csiCall(sys, socket, 'NodeGetInfo', {});
  const client = podClient(sys, 'csi-provisioner/v6.3.0');
  const start = Math.floor(sys.now() / MILLISECOND);
  const number = sys.random().fork('provisioner identity').below(10_000);
  const identity = `${start}-${number}-${name}${ownNodeOnly ? `-${node}` : ''}`;
  const driver = { sys, client, socket, name, node, topology, ownNodeOnly, identity };
  const capacities = flags.has('enable-capacity')
    ? new StorageCapacities(sys, client, { ...driver, driver: name })
    : undefined;
  new ProvisionController(
    sys,
    client,
    csiVolumes(driver, () => capacities?.refresh()),
  ).start();
  if (capacities) sys.thread(() => capacities.work());
  yield* untilSignal(sys, ['INT', 'TERM']);
  return 2;
};

interface Driver {
  readonly sys: Sys;
  readonly client: ApiClient;
  readonly socket: string;
  readonly name: string;
  readonly node: string;
  readonly topology: Readonly<Record<string, string>>;
  /** There is a provisioner on each node, which looks after that node alone (--node-deployment). */
  readonly ownNodeOnly: boolean;
  readonly identity: string;
}

function csiVolumes(driver: Driver, changed: () => void): Provisioner {
  const { sys, socket, name, node } = driver;
  return {
    name,
    makesBlocks: true,
    finalizer: FINALIZER,
    takes: ({ metadata }) => !driver.ownNodeOnly || metadata.annotations?.[SELECTED_NODE] === node,
    deletes: (volume) => isHere(volume, driver),
    *provision(request) {
      const volume = yield* provision(driver, request);
      changed();
      return volume;
    },
    *remove({ spec }) {
      yield* asked(csiCall(sys, socket, 'DeleteVolume', { volumeId: spec.csi?.volumeHandle ?? '' }));
      changed();
    },
  };
}

/** A node that the scheduler chose must have the driver. Throws `ProvisionError`. */
function* checkTopology({ client, name }: Driver, node: string): Waiting<void> {
  const { spec } = yield* client.get<CSINode>(STORAGE.csiNodes, node);
  if (spec.drivers?.some((driver) => driver.name === name && driver.topologyKeys?.length)) return;
  throw new ProvisionError(`error generating accessibility requirements: no topology key found for node ${node}`);
}

/** Whether a volume lies where the driver does. */
export function isHere({ spec }: PersistentVolume, { topology }: Pick<Driver, 'topology'>): boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  return (
    terms.length === 0 ||
    terms.some(({ matchExpressions = [] }) =>
      matchExpressions.every(({ key, values = [] }) => values.includes(topology[key] ?? '')),
    )
  );
}

function* provision(driver: Driver, { name, claim, storageClass, node }: ProvisionRequest): Waiting<PersistentVolume> {
  const { sys, client, socket, topology, name: driverName } = driver;
  const { accessModes = [], resources, volumeMode = 'Filesystem', selector, volumeAttributesClassName } = claim.spec;
  if (selector) throw new ProvisionError('claim Selector is not supported');
  const source = yield* contentSource(client, claim, storageClass);
  if (!source) throw new IgnoredClaim('Assuming an external populator will provision the volume');
  if (node && !driver.ownNodeOnly) yield* checkTopology(driver, node.metadata.name ?? '');
  const { volumeId, bytes } = yield* asked(
    csiCall(sys, socket, 'CreateVolume', {
      name,
      bytes: quantityValue(sizeOf(resources?.requests)),
      parameters: storageClass.parameters ?? {},
      block: volumeMode === 'Block',
      ...source,
    }),
  );
  const matchExpressions = Object.entries(topology).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: NO_SECRETS },
    spec: {
      ...(volumeAttributesClassName ? { volumeAttributesClassName } : {}),
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      accessModes,
      volumeMode,
      capacity: { storage: inUnits(bytes) },
      ...(storageClass.mountOptions ? { mountOptions: storageClass.mountOptions } : {}),
      csi: {
        driver: driverName,
        volumeHandle: volumeId,
        volumeAttributes: {
          ...storageClass.parameters,
          'storage.kubernetes.io/csiProvisionerIdentity': `${driver.identity}`,
        },
      },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } },
    },
  };
}

function* asked<T>(call: Waiting<T>): Waiting<T> {
  try {
    return yield* call;
  } catch (error) {
    if (!(error instanceof CsiError)) throw error;
    throw new ProvisionError(error.message, error.message.includes('ResourceExhausted'));
  }
}
