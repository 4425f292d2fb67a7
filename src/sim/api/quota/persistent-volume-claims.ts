import { CLASS_ANNOTATION } from '../kinds/persistent-volume.js';
import { readQuantity } from '../kinds/quantity-rules.js';
import type { KubeObject } from '../object.js';
import { compareQuantity, type Quantity, quantityOf, roundUpQuantity } from '../quantity.js';
import type { PersistentVolumeClaim } from '../types/storage.js';
import { fitsRequirement, type QuotaEvaluator, type ScopeRequirement } from './evaluator.js';
import { countName } from './object-count.js';

const COUNT = countName({ group: '', resource: 'persistentvolumeclaims' });
const NAMES = ['persistentvolumeclaims', 'requests.storage'];
const BY_CLASS = '.storageclass.storage.k8s.io/';

/** Claims: their number and size, in all and by storage class. */
export const CLAIMS_EVALUATOR: QuotaEvaluator = {
  handles: ({ operation, subresource, object, old }) => {
    if (subresource === '') return operation === 'CREATE' || operation === 'UPDATE';
    return subresource === 'status' && object !== undefined && old !== undefined;
  },
  matching: (names) =>
    names.filter(
      (name) => name === COUNT || NAMES.includes(name) || NAMES.some((one) => name.endsWith(`${BY_CLASS}${one}`)),
    ),
  matchesScope,
  usage: (object) => {
    const claim = object as PersistentVolumeClaim;
    const name = claim.metadata.annotations?.[CLASS_ANNOTATION] ?? claim.spec.storageClassName ?? '';
    const usage = new Map([
      ['persistentvolumeclaims', quantityOf(1)],
      [COUNT, quantityOf(1)],
    ]);
    if (name !== '') usage.set(`${name}${BY_CLASS}persistentvolumeclaims`, quantityOf(1));
    const size = sizeOf(claim);
    if (!size) return usage;
    usage.set('requests.storage', size);
    if (name !== '') usage.set(`${name}${BY_CLASS}requests.storage`, size);
    return usage;
  },
};

/** Whether a change of a claim may let go of something. */
export function claimLetsGo(claim: KubeObject, old: KubeObject): boolean {
  // The real one compares where two amounts are kept, not the amounts: each change counts.
  const names = (of: KubeObject) => [...attributesClasses(of as PersistentVolumeClaim)].sort().join(' ');
  const kept = (of: KubeObject) => (of as PersistentVolumeClaim).status?.allocatedResources?.['storage'];
  return names(claim) !== names(old) || kept(claim) !== undefined || kept(old) !== undefined;
}

function matchesScope(scope: ScopeRequirement, object: KubeObject): boolean {
  if (scope.scopeName !== 'VolumeAttributesClass') return false;
  const names = attributesClasses(object as PersistentVolumeClaim);
  if (names.size === 0) return fitsRequirement(scope, undefined);
  return [...names].some((name) => fitsRequirement(scope, name));
}

function attributesClasses({ spec, status }: PersistentVolumeClaim): Set<string> {
  const modifying = (status as { modifyVolumeStatus?: { targetVolumeAttributesClassName?: string } } | undefined)
    ?.modifyVolumeStatus?.targetVolumeAttributesClassName;
  const names = [spec.volumeAttributesClassName, status?.currentVolumeAttributesClassName, modifying];
  return new Set(names.flatMap((name) => name || []));
}

/** Whole bytes; what is already allocated counts where it is more than what is asked for. */
function sizeOf({ spec, status }: PersistentVolumeClaim): Quantity | undefined {
  const asked = spec.resources?.requests?.['storage'];
  if (asked === undefined) return undefined;
  const size = wholeBytes(readQuantity(asked));
  const allocated = status?.allocatedResources?.['storage'];
  if (allocated === undefined) return size;
  const kept = readQuantity(allocated);
  return compareQuantity(kept, size) > 0 ? wholeBytes(kept) : size;
}

function wholeBytes(size: Quantity): Quantity {
  const { quantity, exact } = roundUpQuantity(size, 0);
  return exact ? size : quantity;
}
