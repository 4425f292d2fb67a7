import { compareQuantity, quantityValue } from '../../api/quantity.js';
import { formatTime } from '../../api/time.js';
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeClaimCondition,
  PersistentVolumeClaimStatus,
} from '../../api/types/storage.js';
import { sizeOf } from '../../api/volumes/matching.js';
import type { ApiClient } from '../../client/client.js';
import { CsiError, csiCall } from '../../client/csi-client.js';
import { EventBroadcaster } from '../../client/event-recorder.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { workOff } from '../../client/work-off.js';
import { KeyQueue } from '../../client/work-queue.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { STORAGE } from '../provisioner/storage-types.js';
import { inUnits } from './bytes.js';
import { isHere } from './csi-provisioner.js';
import { driverName, flagsOf, isPassingFailure, podClient, socketPath } from './sidecar.js';
import { VolumeModifier } from './volume-modifier.js';

const PENDING = 'Waiting for user to (re-)start a pod to finish file system resize of volume on node.';

/** external-resizer v2 beside a driver on each node: makes volumes larger whose claims want more. */
export const csiResizer: Program = function* csiResizer(sys) {
  const socket = socketPath(flagsOf(sys).get('csi-address')?.[0] ?? '/run/csi/socket');
  const name = yield* driverName(sys, socket);
  const { topology } = yield* csiCall(sys, socket, 'NodeGetInfo', {});
  const client = podClient(sys, 'csi-resizer/v2.0.0');
  const informers = new InformerFactory(sys, client);
  const claims = informers.informer<PersistentVolumeClaim>(STORAGE.claims);
  const queue = new KeyQueue(sys);
  const look = (claim: PersistentVolumeClaim) => {
    if (wantsMore(claim)) queue.add(`${claim.metadata.namespace}/${claim.metadata.name}`);
  };
  const recorder = new EventBroadcaster(sys, client).recorder({ component: `external-resizer ${name}` });
  const resizer: Resizer = { sys, client, socket, name, tell: (...words) => recorder.event(...words) };
  const isOurs = (volume: PersistentVolume) => isHere(volume, { topology });
  const modifier = new VolumeModifier({ ...resizer, driver: name, claims, isOurs });
  const lookAt = (claim: PersistentVolumeClaim) => {
    look(claim);
    modifier.look(claim);
  };
  claims.addHandlers({ added: lookAt, updated: (_, after) => lookAt(after) });
  const sync = function* (key: string): Waiting<void> {
    const [namespace, claimName = ''] = key.split('/');
    const claim = claims.get(namespace, claimName);
    if (claim && wantsMore(claim)) yield* resize(resizer, claim, isOurs);
  };
  informers.start();
  sys.thread(() => modifier.work());
  sys.thread(function* () {
    yield* informers.waitForCaches();
    yield* workOff(sys, queue, sync, isPassingFailure);
  });
  yield* untilSignal(sys, ['INT', 'TERM']);
  return 2;
};

interface Resizer {
  readonly sys: Sys;
  readonly client: ApiClient;
  readonly socket: string;
  readonly name: string;
  tell(claim: PersistentVolumeClaim, type: 'Normal' | 'Warning', reason: string, message: string): void;
}

function wantsMore({ spec, status }: PersistentVolumeClaim): boolean {
  return status?.phase === 'Bound' && compareQuantity(sizeOf(spec.resources?.requests), sizeOf(status.capacity)) > 0;
}

function* resize(
  { sys, client, socket, name, tell }: Resizer,
  claim: PersistentVolumeClaim,
  isOurs: (volume: PersistentVolume) => boolean,
): Waiting<void> {
  const volume = yield* client.get<PersistentVolume>(STORAGE.volumes, claim.spec.volumeName ?? '');
  if (volume.spec.csi?.driver !== name || !isOurs(volume)) return;
  const wanted = claim.spec.resources?.requests ?? {};
  // The volume is as large as it should be: what is left to do is the node's.
  if (compareQuantity(sizeOf(volume.spec.capacity), sizeOf(wanted)) >= 0) return;
  const now = formatTime(sys.now());
  const condition = (type: string, message?: string): PersistentVolumeClaimCondition => ({
    type,
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: now,
    ...(message === undefined ? {} : { message }),
  });
  const status = claim.status ?? {};
  const inProgress: PersistentVolumeClaimStatus = {
    ...status,
    allocatedResources: { storage: wanted['storage'] ?? '' },
    allocatedResourceStatuses: { storage: 'ControllerResizeInProgress' },
    conditions: [condition('Resizing')],
  };
  const begun = yield* client.update(STORAGE.claims, { ...claim, status: inProgress }, { subresource: 'status' });
  tell(claim, 'Normal', 'Resizing', `External resizer is resizing volume ${volume.metadata.name}`);
  const bytes = quantityValue(sizeOf(wanted));
  const volumeId = volume.spec.csi.volumeHandle;
  try {
    yield* csiCall(sys, socket, 'ControllerExpandVolume', { volumeId, bytes });
  } catch (error) {
    if (!(error instanceof CsiError)) throw error;
    const why = `resize volume "${volume.metadata.name}" by resizer "${name}" failed: ${error.message}`;
    tell(claim, 'Warning', 'VolumeResizeFailed', why);
    throw error;
  }
  const capacity = { ...volume.spec.capacity, storage: inUnits(bytes) };
  yield* client.update(STORAGE.volumes, { ...volume, spec: { ...volume.spec, capacity } });
  const pending: PersistentVolumeClaimStatus = {
    ...inProgress,
    allocatedResourceStatuses: { storage: 'NodeResizePending' },
    conditions: [condition('FileSystemResizePending', PENDING)],
  };
  yield* client.update(STORAGE.claims, { ...begun, status: pending }, { subresource: 'status' });
  tell(claim, 'Normal', 'FileSystemResizeRequired', 'Require file system resize of volume on node');
}
