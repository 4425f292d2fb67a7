import { isNotFound } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeClaimCondition,
  VolumeAttributesClass,
} from '../../api/types/storage.js';
import type { ApiClient } from '../../client/client.js';
import { CsiError, csiCall } from '../../client/csi-client.js';
import type { Informer } from '../../client/informer.js';
import { workOff } from '../../client/work-off.js';
import { KeyQueue } from '../../client/work-queue.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { STORAGE } from '../provisioner/storage-types.js';
import { isPassingFailure, SIDECAR_LIMITS } from './sidecar.js';

const MERGE = 'application/merge-patch+json';
const STATUS = { subresource: 'status' };
const OURS = ['ModifyVolumeError', 'ModifyingVolume'];

/** What modifying volumes needs of the resizer. */
interface ModifierParts {
  readonly sys: Sys;
  readonly client: ApiClient;
  readonly socket: string;
  readonly driver: string;
  readonly claims: Informer<PersistentVolumeClaim>;
  isOurs(volume: PersistentVolume): boolean;
  tell(claim: PersistentVolumeClaim, type: 'Normal' | 'Warning', reason: string, message: string): void;
}

/** Has volumes made as the VolumeAttributesClass says that their claim names now (external-resizer's modifycontroller). */
export class VolumeModifier {
  private readonly queue: KeyQueue;

  constructor(private readonly parts: ModifierParts) {
    this.queue = new KeyQueue(parts.sys, SIDECAR_LIMITS);
  }

  look(claim: PersistentVolumeClaim): void {
    if (wantsOther(claim)) this.queue.add(`${claim.metadata.namespace}/${claim.metadata.name}`);
  }

  *work(): Waiting<void> {
    yield* workOff(this.parts.sys, this.queue, (key) => this.sync(key), isPassingFailure);
  }

  private *sync(key: string): Waiting<void> {
    const [namespace, name = ''] = key.split('/');
    const claim = this.parts.claims.get(namespace, name);
    if (claim && wantsOther(claim)) yield* this.modify(claim);
  }

  private *modify(claim: PersistentVolumeClaim): Waiting<void> {
    const { sys, client, socket, driver, tell } = this.parts;
    const volume = yield* client.get<PersistentVolume>(STORAGE.volumes, claim.spec.volumeName ?? '');
    if (volume.spec.csi?.driver !== driver || !this.parts.isOurs(volume)) return;
    const wanted = claim.spec.volumeAttributesClassName ?? '';
    const { name = '' } = claim.metadata;
    const found = yield* this.classOf(claim, wanted);
    yield* this.write(claim, wanted, 'InProgress', [
      this.condition('ModifyingVolume', `Modifying volume to "${wanted}" is in progress.`),
    ]);
    tell(claim, 'Normal', 'VolumeModify', `external resizer is modifying volume ${name} with vac ${wanted}`);
    const call = { volumeId: volume.spec.csi.volumeHandle, parameters: found.parameters ?? {} };
    try {
      yield* csiCall(sys, socket, 'ControllerModifyVolume', call);
    } catch (error) {
      if (!(error instanceof CsiError)) throw error;
      const [, reason = 'Unknown', why = ''] = /code = (\w+) desc = (.*)$/s.exec(error.message) ?? [];
      yield* this.write(claim, wanted, reason === 'InvalidArgument' ? 'Infeasible' : 'InProgress', [
        this.condition('ModifyingVolume', `Modifying volume to "${wanted}" failed. Waiting for retry.`),
        this.condition('ModifyVolumeError', why, reason),
      ]);
      tell(claim, 'Warning', 'VolumeModifyFailed', error.message);
      throw error;
    }
    const patch = { spec: { volumeAttributesClassName: wanted } };
    yield* client.patch(STORAGE.volumes, volume.metadata.name ?? '', undefined, MERGE, patch);
    const status = {
      currentVolumeAttributesClassName: wanted,
      modifyVolumeStatus: null,
      conditions: othersOf(claim),
    };
    yield* client.patch(STORAGE.claims, name, claim.metadata.namespace, MERGE, { status }, STATUS);
    const done = `external resizer modified volume ${name} with vac ${wanted} successfully`;
    tell(claim, 'Normal', 'VolumeModifySuccessful', done);
  }

  private *classOf(claim: PersistentVolumeClaim, name: string): Waiting<VolumeAttributesClass> {
    try {
      return yield* this.parts.client.get<VolumeAttributesClass>(STORAGE.attributesClasses, name);
    } catch (error) {
      if (isNotFound(error)) {
        this.parts.tell(claim, 'Warning', 'VolumeModifyFailed', `VAC ${JSON.stringify(name)} does not exist.`);
        if (claim.status?.modifyVolumeStatus?.status !== 'Pending')
          yield* this.write(claim, name, 'Pending', undefined);
      }
      throw error;
    }
  }

  private *write(
    claim: PersistentVolumeClaim,
    targetVolumeAttributesClassName: string,
    status: string,
    conditions: readonly PersistentVolumeClaimCondition[] | undefined,
  ): Waiting<void> {
    const { name = '', namespace } = claim.metadata;
    const patch = {
      status: {
        modifyVolumeStatus: { targetVolumeAttributesClassName, status },
        ...(conditions ? { conditions: [...othersOf(claim), ...conditions] } : {}),
      },
    };
    yield* this.parts.client.patch(STORAGE.claims, name, namespace, MERGE, patch, STATUS);
  }

  private condition(type: string, message: string, reason?: string): PersistentVolumeClaimCondition {
    const now = formatTime(this.parts.sys.now());
    const why = reason === undefined ? {} : { reason };
    return { type, status: 'True', lastProbeTime: now, lastTransitionTime: null, message, ...why };
  }
}

/** Whether a claim names another class than its volume has; one that failed for good waits for another name. */
function wantsOther({ spec, status }: PersistentVolumeClaim): boolean {
  const wanted = spec.volumeAttributesClassName;
  if (status?.phase !== 'Bound' || !wanted || wanted === status.currentVolumeAttributesClassName) return false;
  const { status: how, targetVolumeAttributesClassName: target } = status.modifyVolumeStatus ?? {};
  return how !== 'Infeasible' || target !== wanted;
}

function othersOf({ status }: PersistentVolumeClaim): PersistentVolumeClaimCondition[] {
  return (status?.conditions ?? []).filter(({ type }) => !OURS.includes(type));
}
