import { addQuantity, quantityOf, ZERO_QUANTITY } from '../quantity.js';
import type { DeviceRequest, ExactDeviceRequest, ResourceClaim } from '../types/devices.js';
import type { QuotaEvaluator, QuotaSurroundings } from './evaluator.js';
import { countName } from './object-count.js';

const COUNT = countName({ group: 'resource.k8s.io', resource: 'resourceclaims' });
const BY_CLASS = '.deviceclass.resource.k8s.io/devices';
const IMPLICIT = 'requests.deviceclass.resource.kubernetes.io/';
/** As many devices as a claim may get at most: what "all" is reckoned as. */
const ALL_DEVICES = 32;

/** Claims for devices: their number, and how many devices of each class they may get. */
export const DEVICE_CLAIMS_EVALUATOR: QuotaEvaluator = {
  handles: ({ operation, subresource }) => subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
  matching: (names, surroundings) => names.filter((name) => isMatching(name, surroundings)),
  usage: (object, { extendedResourceOf }) => {
    const usage = new Map([[COUNT, quantityOf(1)]]);
    const add = (name: string, devices: number) =>
      usage.set(name, addQuantity(usage.get(name) ?? ZERO_QUANTITY, quantityOf(devices)));
    for (const request of (object as ResourceClaim).spec.devices?.requests ?? []) {
      for (const [deviceClass, devices] of devicesOf(request)) {
        add(`${deviceClass}${BY_CLASS}`, devices);
        if (devices === 0 || deviceClass === '') continue;
        add(`${IMPLICIT}${deviceClass}`, devices);
        const extended = extendedResourceOf(deviceClass);
        if (extended) add(`requests.${extended}`, devices);
      }
    }
    return usage;
  },
};

function isMatching(name: string, { extendedResourceOf, hasDeviceClass }: QuotaSurroundings): boolean {
  if (name === COUNT || name.endsWith(BY_CLASS)) return true;
  if (name.startsWith(IMPLICIT) && extendedResourceOf(name.slice(IMPLICIT.length))) return true;
  const own = name.slice('requests.'.length);
  return name.startsWith('requests.') && own.includes('/') && hasDeviceClass(own);
}

/** How many devices of each class a request may get; of several choices the most of each. */
function devicesOf({ exactly, firstAvailable }: DeviceRequest): Map<string, number> {
  const most = new Map<string, number>();
  if (firstAvailable && firstAvailable.length > 0) {
    for (const choice of firstAvailable) {
      const devices = countOf(choice);
      if (devices > (most.get(choice.deviceClassName) ?? 0)) most.set(choice.deviceClassName, devices);
    }
  } else if (exactly) most.set(exactly.deviceClassName, countOf(exactly));
  return most;
}

function countOf({ allocationMode, count }: ExactDeviceRequest): number {
  if (allocationMode === 'All') return ALL_DEVICES;
  return allocationMode === 'ExactCount' ? (count ?? 0) : 0;
}
