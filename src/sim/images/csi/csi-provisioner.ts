import { quantityValue } from '../../api/quantity.js';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types/storage.js';
import { SELECTED_NODE } from '../../api/volumes/claims.js';
import { sizeOf } from '../../api/volumes/matching.js';
import type { ApiClient } from '../../client/client.js';
import { CsiError, csiCall } from '../../client/csi-client.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import {
  ProvisionController,
  ProvisionError,
  type Provisioner,
  type ProvisionRequest,
} from '../provisioner/provision-controller.js';
import { STORAGE } from '../provisioner/storage-types.js';
import { driverName, flagsOf, podClient, socketPath } from './sidecar.js';

const FINALIZER = 'external-provisioner.volume.kubernetes.io/finalizer';

/** external-provisioner v6.3 beside a driver on each node: has volumes made for claims whose pods come to its node. */
export const csiProvisioner: Program = function* csiProvisioner(sys) {
  const socket = socketPath(flagsOf(sys).get('csi-address')?.[0] ?? '/run/csi/socket');
  const name = yield* driverName(sys, socket);
  const node = sys.environment.get('NODE_NAME') ?? '';
  const { topology } = yield* csiCall(sys, socket, 'NodeGetInfo', {});
  const client = podClient(sys, 'csi-provisioner/v6.3.0');
  new ProvisionController(sys, client, csiVolumes({ sys, client, socket, name, node, topology })).start();
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
}

function csiVolumes(driver: Driver): Provisioner {
  const { sys, socket, name, node } = driver;
  return {
    name,
    makesBlocks: true,
    finalizer: FINALIZER,
    takes: ({ metadata }: PersistentVolumeClaim) => metadata.annotations?.[SELECTED_NODE] === node,
    deletes: (volume) => isHere(volume, driver),
    provision: (request) => provision(driver, request),
    *remove({ spec }) {
      yield* asked(csiCall(sys, socket, 'DeleteVolume', { volumeId: spec.csi?.volumeHandle ?? '' }));
    },
  };
}

/** Whether a volume lies where the driver does. */
export function isHere({ spec }: PersistentVolume, { topology }: Pick<Driver, 'topology'>): boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  return terms.some(({ matchExpressions = [] }) =>
    matchExpressions.every(({ key, values = [] }) => values.includes(topology[key] ?? '')),
  );
}

function* provision(driver: Driver, { name, claim, storageClass }: ProvisionRequest): Waiting<PersistentVolume> {
  const { sys, socket, topology, name: driverName } = driver;
  const { accessModes = [], resources, volumeMode = 'Filesystem', dataSource } = claim.spec;
  const source = dataSource && (yield* sourceOf(driver, claim));
  const { volumeId, bytes } = yield* asked(
    csiCall(sys, socket, 'CreateVolume', {
      name,
      bytes: quantityValue(sizeOf(resources?.requests)),
      parameters: storageClass.parameters ?? {},
      block: volumeMode === 'Block',
      ...(source === undefined ? {} : { sourceVolume: source }),
    }),
  );
  const matchExpressions = Object.entries(topology).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      accessModes,
      volumeMode,
      capacity: { storage: canonical(bytes) },
      ...(storageClass.mountOptions ? { mountOptions: storageClass.mountOptions } : {}),
      csi: {
        driver: driverName,
        volumeHandle: volumeId,
        volumeAttributes: {
          'storage.kubernetes.io/csiProvisionerIdentity': `${sys.now()}-1-${driverName}-${driver.node}`,
        },
      },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } },
    },
  };
}

/** The volume that a claim is to be a copy of. Throws `ProvisionError` for what cannot be copied. */
function* sourceOf({ client, name }: Driver, claim: PersistentVolumeClaim): Waiting<string> {
  const { kind = '', name: from = '' } = claim.spec.dataSource ?? {};
  if (kind !== 'PersistentVolumeClaim')
    throw new ProvisionError(
      `error getting handle for DataSource Type ${kind} by Name ${from}: unsupported DataSource type`,
    );
  const fail = (why: string) =>
    new ProvisionError(`error getting handle for DataSource Type ${kind} by Name ${from}: ${why}`);
  const source = yield* client.get<PersistentVolumeClaim>(STORAGE.claims, from, claim.metadata.namespace);
  if (source.status?.phase !== 'Bound')
    throw fail(`the PVC ${from} is not bound to a PV, cannot be used as a source for cloning`);
  const volume = yield* client.get<PersistentVolume>(STORAGE.volumes, source.spec.volumeName ?? '');
  if (volume.spec.csi?.driver !== name)
    throw fail(`the source volume PVC is not bound to a CSI volume of the driver ${name}`);
  return volume.spec.csi.volumeHandle;
}

function* asked<T>(call: Waiting<T>): Waiting<T> {
  try {
    return yield* call;
  } catch (error) {
    if (!(error instanceof CsiError)) throw error;
    throw new ProvisionError(error.message, error.message.includes('ResourceExhausted'));
  }
}

/** Bytes as quantities are written, in the largest unit that leaves nothing over. */
export function canonical(bytes: number): string {
  const units: [string, number][] = [
    ['Gi', 2 ** 30],
    ['Mi', 2 ** 20],
    ['Ki', 2 ** 10],
  ];
  const unit = units.find(([, size]) => bytes > 0 && bytes % size === 0);
  return unit ? `${bytes / unit[1]}${unit[0]}` : String(bytes);
}
