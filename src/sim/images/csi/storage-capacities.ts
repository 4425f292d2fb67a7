import type { CSIStorageCapacity, StorageClass } from '../../api/types/storage.js';
import { delaysBinding } from '../../api/volumes/claims.js';
import type { ApiClient } from '../../client/client.js';
import { csiCall } from '../../client/csi-client.js';
import type { Sys } from '../../kernel/sys.js';
import { MINUTE } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import { STORAGE } from '../provisioner/storage-types.js';
import { inUnits } from './bytes.js';
import { isPassingFailure } from './sidecar.js';

/** How often it is asked how much room there is (--capacity-poll-interval). */
const POLL = MINUTE;

/** Whose room it is, and where. */
interface Place {
  readonly socket: string;
  readonly driver: string;
  readonly node: string;
  readonly topology: Readonly<Record<string, string>>;
}

/**
 * Tells the scheduler how much room a driver has, by a CSIStorageCapacity for each class that waits for a pod
 * (external-provisioner's capacity controller); they go with the pod that wrote them.
 */
export class StorageCapacities {
  private readonly changed = new WaitQueue();

  constructor(
    private readonly sys: Sys,
    private readonly client: ApiClient,
    private readonly place: Place,
  ) {}

  /** A volume was made or deleted. */
  refresh(): void {
    this.changed.wakeAll();
  }

  /** Follows what the driver says, for ever. */
  *work(): Waiting<void> {
    for (;;) {
      try {
        yield* this.publish();
      } catch (error) {
        if (!isPassingFailure(error)) throw error;
      }
      yield { queues: [this.changed], until: this.sys.now() + POLL };
    }
  }

  private *publish(): Waiting<void> {
    const { client, sys, place } = this;
    const namespace = sys.environment.get('NAMESPACE') ?? '';
    const labels = {
      'csi.storage.k8s.io/drivername': place.driver,
      'csi.storage.k8s.io/managed-by': `external-provisioner-${place.node}`,
    };
    const labelSelector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    const known = yield* client.list<CSIStorageCapacity>(STORAGE.capacities, {
      namespace,
      labelSelector: labelSelector.join(','),
    });
    const classes = (yield* client.list<StorageClass>(STORAGE.classes)).items.filter(
      (one) => one.provisioner === place.driver && delaysBinding(one),
    );
    for (const { metadata, parameters = {} } of classes) {
      const storageClassName = metadata.name ?? '';
      const { bytes, bytesMax } = yield* csiCall(sys, place.socket, 'GetCapacity', { parameters });
      const room = { capacity: inUnits(bytes), maximumVolumeSize: inUnits(bytesMax) };
      const before = known.items.find((one) => one.storageClassName === storageClassName);
      if (before?.capacity === room.capacity && before.maximumVolumeSize === room.maximumVolumeSize) continue;
      if (before) yield* client.update(STORAGE.capacities, { ...before, ...room });
      else
        yield* client.create<CSIStorageCapacity>(STORAGE.capacities, {
          apiVersion: 'storage.k8s.io/v1',
          kind: 'CSIStorageCapacity',
          metadata: { generateName: 'csisc-', namespace, labels, ownerReferences: yield* this.owners(namespace) },
          nodeTopology: { matchLabels: { ...place.topology } },
          storageClassName,
          ...room,
        });
    }
    const isGone = (one: CSIStorageCapacity) => !classes.some(({ metadata }) => metadata.name === one.storageClassName);
    for (const { metadata } of known.items.filter(isGone))
      yield* client.delete(STORAGE.capacities, metadata.name ?? '', namespace);
  }

  private *owners(namespace: string) {
    const name = this.sys.environment.get('POD_NAME') ?? '';
    const { metadata } = yield* this.client.get(STORAGE.pods, name, namespace);
    return [{ apiVersion: 'v1', kind: 'Pod', name, uid: metadata.uid ?? '', controller: true }];
  }
}
