/** What may become of a recommendation: policies, limits and LimitRanges cap it (pkg/utils/vpa/capping.go). */
import { compareQuantity, formatQuantity, parseQuantity, type Quantity } from '../../api/quantity.js';
import type { LimitRange, LimitRangeItem } from '../../api/types/limits.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { amountOf, compareAmounts, milliOf, resourcesOf } from './amounts.js';
import { scaled } from './proportional.js';
import {
  type Amounts,
  type Autoscaler,
  type ContainerPolicy,
  type ContainerRecommendation,
  policyOf,
  type ResourcePolicy,
} from './types.js';

/** The recommender's own capping: what a policy allows, and what all containers may have at most. */
export function capToPolicy(
  recommended: ContainerRecommendation,
  policy: ResourcePolicy | undefined,
  globalMax: Amounts,
): ContainerRecommendation {
  const { minAllowed = {}, maxAllowed = {} } = policyOf(recommended.containerName, policy) ?? {};
  const max = { ...globalMax, ...maxAllowed };
  return eachBound(recommended, (amounts) => between(amounts, minAllowed, max));
}

/** A recommendation as it fits a pod, with a word for each time that it was cut, by containers. */
export interface Processed {
  readonly recommendations: readonly ContainerRecommendation[];
  readonly notes: ReadonlyMap<string, readonly string[]>;
}

/** Fits what is recommended into what a pod's policy, limits and namespace leave it. */
export function fitToPod(autoscaler: Autoscaler, pod: Pod, ranges: readonly LimitRange[]): Processed {
  const policy = autoscaler.spec.resourcePolicy;
  const range = containerRange(ranges);
  const notes = new Map<string, readonly string[]>();
  const recommendations = (autoscaler.status?.recommendation?.containerRecommendations ?? []).flatMap((each) => {
    const container = pod.spec.containers.find(({ name }) => name === each.containerName);
    if (!container) return [];
    const own = policyOf(container.name, policy);
    const said: string[] = [];
    const bounds = eachBound(each, (amounts, kind) =>
      fitted(amounts, pod, container, own, range, kind === 'target' ? said : []),
    );
    if (said.length > 0) notes.set(container.name, said);
    return [bounds];
  });
  return { recommendations, notes };
}

type Bound = 'target' | 'lowerBound' | 'upperBound';

function eachBound(
  recommended: ContainerRecommendation,
  change: (amounts: Amounts, kind: Bound) => Amounts,
): ContainerRecommendation {
  const { lowerBound, upperBound } = recommended;
  return {
    ...recommended,
    target: change(recommended.target, 'target'),
    ...(lowerBound ? { lowerBound: change(lowerBound, 'lowerBound') } : {}),
    ...(upperBound ? { upperBound: change(upperBound, 'upperBound') } : {}),
  };
}

function fitted(
  amounts: Amounts,
  pod: Pod,
  container: Container,
  policy: ContainerPolicy | undefined,
  range: LimitRangeItem | undefined,
  said: string[],
): Amounts {
  const { requests, limits } = resourcesOf(pod, container);
  const say = (words: string) => (name: string) => said.push(`${name} ${words}`);
  let result = amounts;
  if (range) {
    const bounds = (edge: 'min' | 'max') => boundary(result, requests, limits, range, edge);
    result = cap(result, bounds('min'), bounds('max'), [
      say('capped to fit Min in container LimitRange'),
      say('capped to fit Max in container LimitRange'),
    ]);
  }
  result = cap(result, policy?.minAllowed ?? {}, policy?.maxAllowed ?? {}, [
    say('capped to minAllowed'),
    say('capped to maxAllowed'),
  ]);
  if (policy?.controlledValues !== 'RequestsOnly') return result;
  const capped: Record<string, string> = { ...result };
  for (const [name, limit] of Object.entries(limits)) {
    const value = capped[name];
    if (value === undefined || milliOf(value) <= milliOf(limit)) continue;
    capped[name] = limit;
    say('capped to container limit')(name);
  }
  return capped;
}

function between(amounts: Amounts, min: Amounts, max: Amounts): Amounts {
  return cap(amounts, min, max, [() => 0, () => 0]);
}

function cap(
  amounts: Amounts,
  min: Amounts,
  max: Amounts,
  [tellMin, tellMax]: readonly [(name: string) => unknown, (name: string) => unknown],
): Amounts {
  const isSaid = (text: string | undefined): text is string =>
    text !== undefined && amountOf({ text }, 'text').nanos > 0n;
  return Object.fromEntries(
    Object.entries(amounts).map(([name, recommended]) => {
      let value = recommended;
      const [least, most] = [min[name], max[name]];
      if (isSaid(least) && compareAmounts(value, least) < 0) {
        value = written(least);
        tellMin(name);
      }
      if (isSaid(most) && compareAmounts(value, most) > 0) {
        value = written(most);
        tellMax(name);
      }
      return [name, value];
    }),
  );
}

function written(text: string): string {
  return formatQuantity(parseQuantity(String(text)));
}

/** The least and most that containers of a namespace may have, by all its LimitRanges. */
function containerRange(ranges: readonly LimitRange[]): LimitRangeItem | undefined {
  const items = ranges.flatMap(({ spec }) => (spec.limits ?? []).filter(({ type }) => type === 'Container'));
  if (items.length === 0) return undefined;
  const pick = (edge: 'min' | 'max' | 'default', sign: 1 | -1): Record<string, string> => {
    const picked: Record<string, string> = {};
    for (const item of items)
      for (const [name, text] of Object.entries(item[edge] ?? {})) {
        const known = picked[name];
        if (known === undefined || compareAmounts(text, known) * sign > 0) picked[name] = text;
      }
    return picked;
  };
  return { type: 'Container', min: pick('min', 1), max: pick('max', -1), default: pick('default', -1) };
}

/** What a container may ask for so that its limit, which goes along, stays at an edge of the range. */
function boundary(
  amounts: Amounts,
  requests: Amounts,
  limits: Amounts,
  range: LimitRangeItem,
  edge: 'min' | 'max',
): Amounts {
  const result: Record<string, string> = {};
  for (const name of Object.keys(amounts)) {
    const at = range[edge]?.[name];
    if (at === undefined) continue;
    const limit = limits[name] ?? range.default?.[name];
    const request = requests[name];
    const byLimit: Quantity | undefined =
      limit === undefined
        ? undefined
        : request === undefined
          ? parseQuantity(at)
          : scaled(name, parseQuantity(request), parseQuantity(limit), parseQuantity(at));
    // A request itself may not be below the least either.
    const value =
      edge === 'min' && (byLimit === undefined || compareQuantity(parseQuantity(at), byLimit) > 0)
        ? parseQuantity(at)
        : byLimit;
    if (value) result[name] = formatQuantity(value);
  }
  return result;
}
