import type { ResourceAmounts } from '../../../api/pod-requests.js';
import { formatQuantity, type Quantity, ZERO_QUANTITY } from '../../../api/quantity.js';

/** What a constraint is held against. */
export interface Observed {
  readonly requests: ResourceAmounts;
  readonly limits: ResourceAmounts;
}

/** Why something breaks a constraint; undefined when it does not. `type` is what is limited: Container, Pod … */
export type Constraint = (type: string, name: string, bound: Quantity, observed: Observed) => string | undefined;

const INT64_MAX = 9_223_372_036_854_775_807n;
/** Up to here amounts are compared in thousandths, above in whole units. */
const MILLI_MAX = INT64_MAX / 1000n;

/** Requests, and limits where there are any, are this much at least. */
export const minimum: Constraint = (type, name, bound, { requests, limits }) => {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const [asked, most, least] = comparable(request, limit, bound);
  const rule = `minimum ${name} usage per ${type} is ${formatQuantity(bound)}`;
  if (!request) return `${rule}.  No request is specified`;
  if (asked < least) return `${rule}, but request is ${formatQuantity(request)}`;
  return limit && most < least ? `${rule}, but limit is ${formatQuantity(limit)}` : undefined;
};

/** Limits, and requests where there are any, are this much at most. */
export const maximum: Constraint = (type, name, bound, { requests, limits }) => {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const [asked, most, cap] = comparable(request, limit, bound);
  const rule = `maximum ${name} usage per ${type} is ${formatQuantity(bound)}`;
  if (!limit) return `${rule}.  No limit is specified`;
  if (most > cap) return `${rule}, but limit is ${formatQuantity(limit)}`;
  return request && asked > cap ? `${rule}, but request is ${formatQuantity(request)}` : undefined;
};

/** Requests are this much at most, where there are no limits. */
export const maximumRequest: Constraint = (type, name, bound, { requests }) => {
  const request = requests.get(name);
  const [asked, , cap] = comparable(request, undefined, bound);
  const rule = `maximum ${name} usage per ${type} is ${formatQuantity(bound)}`;
  if (!request) return `${rule}.  No request is specified`;
  return asked > cap ? `${rule}, but request is ${formatQuantity(request)}` : undefined;
};

/** Limits are not more than so many times the requests. */
export const maximumRatio: Constraint = (type, name, bound, { requests, limits }) => {
  const [asked, most] = comparable(requests.get(name), limits.get(name), bound);
  const rule = `${name} max limit to request ratio per ${type} is ${formatQuantity(bound)}`;
  if (asked === 0n) return `${rule}, but no request is specified or request is 0`;
  if (most === 0n) return `${rule}, but no limit is specified or limit is 0`;
  const ratio = Number(most) / Number(asked);
  const whole = wholeUnits(bound);
  const inThousandths = whole <= MILLI_MAX;
  const [seen, allowed] = inThousandths ? [ratio * 1000, Number(thousandths(bound))] : [ratio, Number(whole)];
  return seen > allowed ? `${rule}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
};

/** Three amounts in one unit: thousandths, unless one is too large for them. */
function comparable(request: Quantity | undefined, limit: Quantity | undefined, bound: Quantity) {
  const all = [request ?? ZERO_QUANTITY, limit ?? ZERO_QUANTITY, bound] as const;
  const unit = all.every((amount) => wholeUnits(amount) <= MILLI_MAX) ? thousandths : wholeUnits;
  return all.map(unit) as [bigint, bigint, bigint];
}

function wholeUnits({ nanos }: Quantity): bigint {
  return roundedUp(nanos, 1_000_000_000n);
}

function thousandths({ nanos }: Quantity): bigint {
  return roundedUp(nanos, 1_000_000n);
}

function roundedUp(nanos: bigint, unit: bigint): bigint {
  return nanos < 0n ? -((-nanos + unit - 1n) / unit) : (nanos + unit - 1n) / unit;
}
