/**
 * A second opinion on how many replicas metrics ask for, written from the words of Kubernetes' documentation on the
 * algorithm, pod by pod and with fractions, without a look at the controller.
 */
export interface NaivePod {
  readonly name: string;
  /** Thousandths; undefined where nothing is known. */
  readonly usage: number | undefined;
  readonly request: number;
  readonly state: 'deleting' | 'failed' | 'not ready' | 'pending' | 'ready';
}

/** An exact fraction; the divisor is above zero. */
interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

const compare = (one: Fraction, other: Fraction): number => Number(one.top * other.bottom - other.top * one.bottom);
const ONE: Fraction = { top: 1n, bottom: 1n };
const ceiling = ({ top, bottom }: Fraction): number => Number((top + bottom - 1n) / bottom);

/** Whether a ratio is so near to one that nothing is done; tolerances in percent. */
function isNear(ratio: Fraction, downPercent: number, upPercent: number): boolean {
  const low: Fraction = { top: BigInt(100 - downPercent), bottom: 100n };
  const high: Fraction = { top: BigInt(100 + upPercent), bottom: 100n };
  return compare(ratio, low) >= 0 && compare(ratio, high) <= 0;
}

/** What is wanted of the pods: a percentage of their requests, or an amount for each. */
export type Target = { readonly percent: number } | { readonly each: number };

/** Replicas, or `undefined` where nobody can say. */
export function naiveReplicas(
  current: number,
  pods: readonly NaivePod[],
  target: Target,
  tolerance: { readonly down: number; readonly up: number },
): number | undefined {
  const counted = pods.filter(({ state }) => state !== 'deleting' && state !== 'failed');
  const idle = counted.filter(
    ({ state, usage }) => state === 'pending' || (state === 'not ready' && usage !== undefined),
  );
  const silent = counted.filter((pod) => pod.usage === undefined && !idle.includes(pod));
  const known = counted.filter((pod) => pod.usage !== undefined && !idle.includes(pod));
  if (known.length === 0) return undefined;
  const ratioOf = (supposed: readonly (readonly [use: number, request: number])[]): Fraction => {
    const used = supposed.reduce((sum, [use]) => sum + BigInt(use), 0n);
    if ('each' in target) return { top: used / BigInt(supposed.length), bottom: BigInt(target.each) };
    const asked = supposed.reduce((sum, [, request]) => sum + BigInt(request), 0n);
    return { top: (used * 100n) / asked, bottom: BigInt(target.percent) };
  };
  const measured = known.map(({ usage = 0, request }) => [usage, request] as const);
  const ratio = ratioOf(measured);
  const grows = compare(ratio, ONE) > 0;
  const shrinks = compare(ratio, ONE) < 0;
  if (silent.length === 0 && !(grows && idle.length > 0)) {
    if (isNear(ratio, tolerance.down, tolerance.up)) return current;
    return ceiling({ top: ratio.top * BigInt(known.length), bottom: ratio.bottom });
  }
  const supposed = [...measured];
  for (const { request } of silent) {
    const full = 'each' in target ? target.each : Math.trunc((request * Math.max(100, target.percent)) / 100);
    if (shrinks) supposed.push([full, request]);
    if (grows) supposed.push([0, request]);
  }
  if (grows) for (const { request } of idle) supposed.push([0, request]);
  const again = ratioOf(supposed);
  const turned = (grows && compare(again, ONE) < 0) || (shrinks && compare(again, ONE) > 0);
  if (turned || isNear(again, tolerance.down, tolerance.up)) return current;
  const replicas = ceiling({ top: again.top * BigInt(supposed.length), bottom: again.bottom });
  if (compare(again, ONE) > 0 && replicas < current) return current;
  return compare(again, ONE) < 0 && replicas > current ? current : replicas;
}
