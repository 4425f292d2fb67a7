import type { KubeObject } from '../../api/object.js';
import { formatTime } from '../../api/time.js';
import type { IPAddress } from '../../api/types/networking.js';
import type { ServiceSpec } from '../../api/types/service.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import type { ServedKind } from '../served-kind.js';
import { findObject } from '../storage/get.js';
import { randomUid } from '../storage/names.js';
import { removeObject, writeObject } from '../storage/write.js';
import { familyOf } from './ip-range.js';

const MANAGED_BY = 'ipallocator.k8s.io';

/** Whether an address was taken by an object that is not this service's. */
export function isTakenByObject(parts: ServerParts, store: Store, address: string, service: KubeObject): boolean {
  const kind = parts.kinds.kind('networking.k8s.io/v1', 'IPAddress');
  const found = kind && (findObject(store, kind, '', address) as IPAddress | undefined);
  if (!found) return false;
  const parent = found.spec.parentRef;
  return parent?.name !== service.metadata.name || parent?.namespace !== service.metadata.namespace;
}

/** Makes the IPAddresses of a service that was written and takes away those of addresses it gave up (ipallocator). */
export function keepAddressObjects(
  parts: ServerParts,
  kind: ServedKind,
  store: Store,
  object: KubeObject | undefined,
  old: KubeObject | undefined,
): void {
  if (kind.kind !== 'Service' || kind.group !== '') return;
  const addresses = parts.kinds.kind('networking.k8s.io/v1', 'IPAddress');
  if (!addresses) return;
  const wanted = addressesOf(object);
  for (const address of addressesOf(old)) {
    if (wanted.includes(address)) continue;
    const found = findObject(store, addresses, '', address);
    if (found) removeObject(store, addresses, found);
  }
  for (const address of object ? wanted : []) {
    if (findObject(store, addresses, '', address)) continue;
    writeObject(store, addresses, addressObject(parts, address, object as KubeObject));
  }
}

function addressesOf(object: KubeObject | undefined): string[] {
  const { clusterIPs = [] } = (object?.['spec'] ?? {}) as ServiceSpec;
  return clusterIPs.filter((address) => address !== 'None' && address !== '');
}

function addressObject(parts: ServerParts, address: string, service: KubeObject): KubeObject {
  const { name = '', namespace = '', uid = '' } = service.metadata;
  const time = formatTime(parts.now());
  const managed = {
    'f:metadata': {
      'f:labels': { '.': {}, 'f:ipaddress.kubernetes.io/ip-family': {}, 'f:ipaddress.kubernetes.io/managed-by': {} },
    },
    'f:spec': { 'f:parentRef': { '.': {}, 'f:name': {}, 'f:namespace': {}, 'f:resource': {} } },
  };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IPAddress',
    metadata: {
      name: address,
      // Drawn by itself, so that whoever is given one does not shift other draws.
      uid: randomUid(parts.random.fork(`ip-address/${address}/${uid}`)),
      creationTimestamp: time,
      generation: 1,
      labels: {
        'ipaddress.kubernetes.io/ip-family': familyOf(address),
        'ipaddress.kubernetes.io/managed-by': MANAGED_BY,
      },
      managedFields: [
        {
          manager: 'kube-apiserver',
          operation: 'Update',
          apiVersion: 'networking.k8s.io/v1',
          time,
          fieldsType: 'FieldsV1',
          fieldsV1: managed,
        },
      ],
    },
    // The group, which is the core's, is left out: an empty one would not be written.
    spec: { parentRef: { resource: 'services', namespace, name } },
  };
}
