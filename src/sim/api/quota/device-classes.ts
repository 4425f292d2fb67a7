import type { DeviceClass } from '../types/devices.js';
import type { QuotaSurroundings } from './evaluator.js';

/** What device classes say of extended resources; they are read when they are first asked about. */
export function deviceClassNames(
  read: () => readonly DeviceClass[],
): Pick<QuotaSurroundings, 'extendedResourceOf' | 'hasDeviceClass'> {
  let known: Map<string, string> | undefined;
  const names = () => {
    known ??= new Map(read().map(({ metadata, spec }) => [metadata.name ?? '', spec.extendedResourceName ?? '']));
    return known;
  };
  return {
    extendedResourceOf: (deviceClass) => names().get(deviceClass) || undefined,
    hasDeviceClass: (resource) => [...names().values()].includes(resource),
  };
}
