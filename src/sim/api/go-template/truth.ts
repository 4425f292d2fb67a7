import { GoInteger, GoNil, isGoList, isGoMap, type MaybeValue, unbox } from './go-values.js';

/** Whether a condition holds: anything but nothing, false, zero and what is empty. */
export function isTrue(value: MaybeValue): boolean {
  return isTrueData(unbox(value)?.data);
}

/** The same of data. */
export function isTrueData(data: unknown): boolean {
  if (data === undefined || data === null || data instanceof GoNil) return false;
  if (data instanceof GoInteger) return data.value !== 0n;
  if (isGoList(data)) return data.length > 0;
  if (isGoMap(data)) return Object.keys(data).length > 0;
  if (typeof data === 'object') return 'value' in data ? data.value !== '' : true;
  return Boolean(data) || Number.isNaN(data);
}
