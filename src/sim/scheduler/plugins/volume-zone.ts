import type { Pod } from '../../api/types/pod.js';
import type { PersistentVolume } from '../../api/types/storage.js';
import { classOfClaim, delaysBinding } from '../../api/volumes/claims.js';
import { type Plugin, type Refusal, unresolvable } from '../plugin.js';
import type { StorageView } from '../storage-view.js';

/** The volume is elsewhere. */
const CONFLICT_REASON = 'node(s) had no available volume zone';

/** Labels of a volume that tell where it is, and the name that nodes have for each today. */
const PLACES: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region': 'topology.kubernetes.io/region',
};

interface Place {
  readonly label: string;
  readonly values: ReadonlySet<string>;
}

/** Volumes that say by labels in which zone or region they are. */
export const volumeZone: Plugin = {
  name: 'VolumeZone',
  prepareFilter: ({ pod: { pod }, cluster: { storage } }) => {
    if (!storage || namesOf(pod).length === 0) return undefined;
    const places = placesOf(pod, storage);
    if ('code' in places) return { refusal: places };
    if (places.length === 0) return undefined;
    return {
      check: ({ node }) => {
        const labels = node.metadata.labels ?? {};
        if (!Object.keys(PLACES).some((label) => labels[label] !== undefined)) return undefined;
        const fits = ({ label, values }: Place) => values.has(labels[label] ?? labels[PLACES[label] ?? ''] ?? '');
        return places.every(fits) ? undefined : unresolvable(CONFLICT_REASON);
      },
    };
  },
  helpedBy: (pod, event) => {
    switch (event.kind) {
      case 'node added':
      case 'node updated':
        return true;
      case 'claim changed':
        return event.claim.metadata.namespace === pod.metadata.namespace && names(pod, event.claim.metadata.name);
      case 'class changed':
        return !event.before && delaysBinding(event.storageClass);
      case 'volume changed':
        return !event.before || JSON.stringify(labelsOf(event.before)) !== JSON.stringify(labelsOf(event.volume));
      default:
        return false;
    }
  },
};

function placesOf(pod: Pod, storage: StorageView): Place[] | Refusal {
  const places: Place[] = [];
  for (const name of namesOf(pod)) {
    const claim = storage.storedClaim(pod.metadata.namespace, name);
    if (!claim) return unresolvable(`persistentvolumeclaim ${JSON.stringify(name)} not found`);
    const { volumeName } = claim.spec;
    if (!volumeName) {
      const className = classOfClaim(claim);
      if (className === '') return unresolvable('PersistentVolumeClaim had no pv name and storageClass name');
      const storageClass = storage.storageClass(className);
      if (!storageClass) return unresolvable(`storageclass.storage.k8s.io ${JSON.stringify(className)} not found`);
      if (delaysBinding(storageClass)) continue;
      return unresolvable('PersistentVolume had no name');
    }
    const volume = storage.storedVolume(volumeName);
    if (!volume) return unresolvable(`persistentvolume ${JSON.stringify(volumeName)} not found`);
    places.push(...labelsOf(volume).map(([label, text]) => ({ label, values: new Set(text.split('__')) })));
  }
  return places;
}

function labelsOf({ metadata }: PersistentVolume): [string, string][] {
  return Object.keys(PLACES).flatMap((label): [string, string][] => {
    const text = metadata.labels?.[label];
    return text === undefined ? [] : [[label, text]];
  });
}

function namesOf({ spec }: Pod): string[] {
  return (spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
}

function names(pod: Pod, name: string | undefined): boolean {
  return name !== undefined && namesOf(pod).includes(name);
}
