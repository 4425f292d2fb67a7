/** core/v1 LimitRange. */
import { duplicate, type FieldError, forbidden, invalid, required } from '../field-error.js';
import { labelKey } from '../names.js';
import {
  compareQuantity,
  formatQuantity,
  type Quantity,
  quantityMilliValue,
  quantityOf,
  quantityValue,
} from '../quantity.js';
import type { LimitRange, LimitRangeItem } from '../types/limits.js';
import { type ApiKind, defineKind } from './kind.js';
import { checkText, sortedPairs, validateMeta, validateMetaUpdate } from './meta.js';
import { allowsOvercommit, validateContainerResourceName } from './pod/resource-rules.js';
import { readQuantity, roundResourceList } from './quantity-rules.js';
import { validateResourceName } from './resource-name-rules.js';

const TYPES = ['Container', 'PersistentVolumeClaim', 'Pod'];
const ONE = quantityOf(1);
/** Above this, thousandths do not fit into 64 bits. */
const MILLI_VALUE_MAX = Number((2n ** 63n - 1n) / 1000n);

/** The strategy of limit ranges. */
export const limitRangeKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  namespaced: true,
  shortNames: ['limits'],
  createOnUpdate: true,
  applyDefaults: (object) => {
    for (const item of (object as LimitRange).spec.limits ?? []) applyDefaults(item);
  },
  prepareCreate: ({ metadata }) => {
    // Of all kinds this one takes an object without a name and calls it by a UID.
    if (metadata.uid !== undefined) metadata.name ||= metadata.uid;
  },
  validateCreate: (object) => validateLimitRange(object as LimitRange),
  validateUpdate: (object, old) => [...validateMetaUpdate(object, old), ...validateLimitRange(object as LimitRange)],
});

/** Containers get what is most as their limit, and of limit and least the first as their request. */
function applyDefaults(item: LimitRangeItem): void {
  if (item.type === 'Container') {
    const limits = { ...item.max, ...item.default };
    const requests = { ...item.min, ...limits, ...item.defaultRequest };
    if (Object.keys(limits).length > 0) item.default = limits;
    if (Object.keys(requests).length > 0) item.defaultRequest = requests;
  }
  for (const list of [item.max, item.min, item.default, item.defaultRequest, item.maxLimitRequestRatio]) {
    roundResourceList(list);
  }
}

function validateLimitRange(range: LimitRange): FieldError[] {
  const limits = range.spec.limits ?? [];
  const items = limits.flatMap((item, index) => {
    const at = `spec.limits[${index}]`;
    const again = limits.slice(0, index).some(({ type }) => type === item.type);
    return [
      ...validateType(`${at}.type`, item.type ?? ''),
      ...(again ? [duplicate(`${at}.type`, item.type)] : []),
      ...validateNames(at, item),
      ...validateAmounts(at, item),
    ];
  });
  return [...validateMeta(range, true), ...items];
}

function validateType(path: string, type: string): FieldError[] {
  const errors = checkText(path, type, labelKey);
  if (errors.length > 0 || type.includes('/') || TYPES.includes(type)) return errors;
  return [invalid(path, type, 'must be a standard limit type or fully qualified')];
}

function validateNames(path: string, item: LimitRangeItem): FieldError[] {
  const rule = item.type === 'Pod' || item.type === 'Container' ? validateContainerResourceName : validateResourceName;
  const namesOf = (list: 'max' | 'min' | 'default' | 'defaultRequest' | 'maxLimitRequestRatio') =>
    sortedPairs(item[list]).flatMap(([name]) => rule(`${path}.${list}[${name}]`, name));
  const errors = [...namesOf('max'), ...namesOf('min')];
  for (const list of ['default', 'defaultRequest'] as const) {
    if (item.type !== 'Pod') errors.push(...namesOf(list));
    else if (Object.keys(item[list] ?? {}).length > 0) {
      errors.push(forbidden(`${path}.${list}`, "may not be specified when `type` is 'Pod'"));
    }
  }
  if (item.type === 'PersistentVolumeClaim' && !item.min?.['storage'] && !item.max?.['storage']) {
    const words = 'either minimum or maximum storage value is required, but neither was provided';
    errors.push(required(`${path}.limits`, words));
  }
  return [...errors, ...namesOf('maxLimitRequestRatio')];
}

/** The amounts of one resource, as far as they are given. */
interface Amounts {
  readonly min?: Quantity | undefined;
  readonly max?: Quantity | undefined;
  readonly limit?: Quantity | undefined;
  readonly request?: Quantity | undefined;
  readonly ratio?: Quantity | undefined;
}

function validateAmounts(path: string, item: LimitRangeItem): FieldError[] {
  const withDefaults = item.type !== 'Pod';
  const lists = [item.max, item.min, item.maxLimitRequestRatio];
  if (withDefaults) lists.push(item.default, item.defaultRequest);
  const names = [...new Set(lists.flatMap((list) => Object.keys(list ?? {})))].sort();
  return names.flatMap((name) => {
    const amount = (list: Record<string, string> | undefined) =>
      list?.[name] === undefined ? undefined : readQuantity(list[name]);
    const amounts: Amounts = {
      min: amount(item.min),
      max: amount(item.max),
      limit: withDefaults ? amount(item.default) : undefined,
      request: withDefaults ? amount(item.defaultRequest) : undefined,
      ratio: amount(item.maxLimitRequestRatio),
    };
    return [
      ...compareAmounts(path, name, amounts),
      ...validateRatio(path, name, amounts),
      ...sameAmounts(path, name, amounts),
    ];
  });
}

/** Pairs of which the first may not be more: where that is told, which of the two is shown, and in what words. */
function compareAmounts(path: string, name: string, { min, max, limit, request }: Amounts): FieldError[] {
  const rows: [Quantity | undefined, Quantity | undefined, string, Quantity | undefined, string, string][] = [
    [min, max, 'min', min, 'min value', 'max value'],
    [min, request, 'defaultRequest', request, 'min value', 'default request value'],
    [request, max, 'defaultRequest', request, 'default request value', 'max value'],
    [request, limit, 'defaultRequest', request, 'default request value', 'default limit value'],
    [min, limit, 'default', min, 'min value', 'default value'],
    [limit, max, 'default', max, 'default value', 'max value'],
  ];
  return rows.flatMap(([less, more, field, shown, first, second]) => {
    if (!less || !more || !shown || compareQuantity(less, more) <= 0) return [];
    const words = `${first} ${formatQuantity(less)} is greater than ${second} ${formatQuantity(more)}`;
    return [invalid(`${path}.${field}[${name}]`, formatQuantity(shown), words)];
  });
}

function validateRatio(path: string, name: string, { min, max, ratio }: Amounts): FieldError[] {
  if (!ratio) return [];
  const at = `${path}.maxLimitRequestRatio[${name}]`;
  const shown = formatQuantity(ratio);
  const errors: FieldError[] = [];
  if (compareQuantity(ratio, ONE) < 0) errors.push(invalid(at, shown, `ratio ${shown} is less than 1`));
  if (!min || !max) return errors;
  const fine = [ratio, min, max].every((amount) => quantityValue(amount) < MILLI_VALUE_MAX);
  const [value, least, most] = fine
    ? [quantityMilliValue(ratio) / 1000, quantityMilliValue(min), quantityMilliValue(max)]
    : [quantityValue(ratio), quantityValue(min), quantityValue(max)];
  const limit = most / least;
  if (value > limit) errors.push(invalid(at, shown, `ratio ${shown} is greater than max/min = ${goFixed(limit)}`));
  return errors;
}

/** A number as Go's %f prints it. */
function goFixed(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? value.toFixed(6) : value > 0 ? '+Inf' : '-Inf';
}

/** What cannot be asked for beyond what there is has the same limit and request. */
function sameAmounts(path: string, name: string, { limit, request }: Amounts): FieldError[] {
  if (!limit || !request || allowsOvercommit(name) || compareQuantity(limit, request) === 0) return [];
  const shown = formatQuantity(request);
  const words = `default value ${formatQuantity(limit)} must equal to defaultRequest value ${shown} in ${name}`;
  return [invalid(`${path}.defaultRequest[${name}]`, shown, words)];
}
