import type { KubeObject } from '../../../api/object.js';
import type { ResourceAmounts } from '../../../api/pod-requests.js';
import { formatQuantity } from '../../../api/quantity.js';
import { addAmounts, exceeding, growthOf, maskAmounts, readAmounts, withoutZeros } from '../../../api/quota/amounts.js';
import {
  type QuotaEvaluator,
  type QuotaSurroundings,
  type ScopeRequirement,
  scopesOf,
} from '../../../api/quota/evaluator.js';
import { StatusError, unnamedError } from '../../../api/status.js';
import type { ResourceQuota } from '../../../api/types/limits.js';
import type { AdmissionRequest } from '../admission.js';
import { refusal } from '../refusal.js';
import type { LimitedResource } from './settings.js';

/** What a request takes from one quota: its use as it will be. */
export interface Charge {
  readonly quota: ResourceQuota;
  readonly used: ResourceAmounts;
}

interface Judged {
  /** Quotas that count the object. */
  readonly interested: readonly ResourceQuota[];
  /** Every resource that one of them counts. */
  readonly restricted: ReadonlySet<string>;
  readonly scopes: readonly ScopeRequirement[];
}

/**
 * Holds a request against all quotas of its namespace and says what it takes from each (resourcequota CheckRequest).
 * Throws 403 for what is too much or cannot be counted, 500 for a scope that no quota covers.
 */
export function checkRequest(
  request: AdmissionRequest,
  quotas: readonly ResourceQuota[],
  evaluator: QuotaEvaluator,
  limited: readonly LimitedResource[],
  surroundings: QuotaSurroundings,
): Charge[] {
  const object = request.object as KubeObject;
  const limitedScopes = limited.flatMap(({ matchScopes = [] }) => matching(evaluator, matchScopes, object));
  const usage = evaluator.usage(object, surroundings);
  const limitedNames = limitedByDefault(request, usage, limited);
  const judged = judge(request, quotas, evaluator, object, surroundings);
  const negative = [...usage].flatMap(([name, { nanos }]) => (nanos < 0n ? name : []));
  if (negative.length > 0) {
    throw refusal(request, `quota usage is negative for resource(s): ${negative.sort().join(',')}`);
  }
  const growth = growths(request, judged.interested, evaluator, usage, surroundings);
  if (growth.every((one) => one.size === 0)) return [];
  const uncovered = limitedNames.filter((name) => !judged.restricted.has(name));
  if (uncovered.length > 0) {
    throw refusal(request, `insufficient quota to consume: ${[...new Set(uncovered)].sort().join(',')}`);
  }
  refuseUncovered(limitedScopes, judged.scopes);
  return judged.interested.flatMap((quota, index) => charge(request, quota, growth[index] as ResourceAmounts));
}

function judge(
  request: AdmissionRequest,
  quotas: readonly ResourceQuota[],
  evaluator: QuotaEvaluator,
  object: KubeObject,
  surroundings: QuotaSurroundings,
): Judged {
  const interested: ResourceQuota[] = [];
  const restricted = new Set<string>();
  const scopes: ScopeRequirement[] = [];
  for (const quota of quotas) {
    scopes.push(...matching(evaluator, scopesOf(quota), object));
    if (!matches(evaluator, quota, object, surroundings)) continue;
    const name = quota.metadata.name ?? '';
    const counted = evaluator.matching(Object.keys(quota.status?.hard ?? {}), surroundings);
    const why = evaluator.constraint?.(counted, object);
    if (why !== undefined) throw refusal(request, `failed quota: ${name}: ${why}`);
    const used = quota.status?.used ?? {};
    if (counted.some((one) => used[one] === undefined)) {
      throw refusal(request, `status unknown for quota: ${name}, resources: ${[...counted].sort().join(',')}`);
    }
    interested.push(quota);
    for (const one of counted) restricted.add(one);
  }
  return { interested, restricted, scopes };
}

/** Whether a quota counts an object: one of its resources at least, and all of its scopes. */
function matches(
  evaluator: QuotaEvaluator,
  quota: ResourceQuota,
  object: KubeObject,
  surroundings: QuotaSurroundings,
): boolean {
  if (evaluator.matching(Object.keys(quota.status?.hard ?? {}), surroundings).length === 0) return false;
  return scopesOf(quota).every((scope) => evaluator.matchesScope?.(scope, object) ?? false);
}

function matching(
  { matchesScope }: QuotaEvaluator,
  scopes: readonly ScopeRequirement[],
  object: KubeObject,
): ScopeRequirement[] {
  return matchesScope ? scopes.filter((scope) => matchesScope(scope, object)) : [];
}

/** Resources the configuration lets nobody use without a quota. */
function limitedByDefault(
  { kind }: AdmissionRequest,
  usage: ResourceAmounts,
  limited: readonly LimitedResource[],
): string[] {
  return limited
    .filter(({ apiGroup = '', resource }) => apiGroup === kind.group && resource === kind.plural)
    .flatMap(({ matchContains = [] }) =>
      [...usage].flatMap(([name, { nanos }]) =>
        nanos > 0n && matchContains.some((part) => name.includes(part)) ? name : [],
      ),
    );
}

/** By how much use grows, for each interested quota; without any, for one that is not there. */
function growths(
  { operation, old }: AdmissionRequest,
  interested: readonly ResourceQuota[],
  evaluator: QuotaEvaluator,
  usage: ResourceAmounts,
  surroundings: QuotaSurroundings,
): ResourceAmounts[] {
  const added = withoutZeros(usage);
  const changed =
    operation === 'UPDATE' && old ? withoutZeros(growthOf(usage, evaluator.usage(old, surroundings))) : added;
  if (interested.length === 0) return [changed];
  return interested.map((quota) => (old && matches(evaluator, quota, old, surroundings) ? changed : added));
}

/** Throws 500 when a scope that is limited has no quota: the real one does not make a refusal of it either. */
function refuseUncovered(limited: readonly ScopeRequirement[], covered: readonly ScopeRequirement[]): void {
  const missing = limited.filter(({ scopeName }) => !covered.some((one) => one.scopeName === scopeName));
  if (missing.length === 0) return;
  const words = missing.map(
    ({ scopeName, operator, values = [] }) => `{${scopeName} ${operator} [${values.join(' ')}]}`,
  );
  throw new StatusError(unnamedError(`insufficient quota to match these scopes: [${words.join(' ')}]`));
}

function charge(request: AdmissionRequest, quota: ResourceQuota, growth: ResourceAmounts): Charge[] {
  if (growth.size === 0) return [];
  const hard = readAmounts(quota.status?.hard);
  const before = readAmounts(quota.status?.used);
  const asked = maskAmounts(growth, hard.keys());
  const used = addAmounts(before, asked);
  const over = request.subresource === 'status' ? [] : exceeding(maskAmounts(used, asked.keys()), hard);
  if (over.length > 0) {
    const shown = (amounts: ResourceAmounts) => words(maskAmounts(amounts, over));
    const why = `requested: ${shown(asked)}, used: ${shown(before)}, limited: ${shown(hard)}`;
    throw refusal(request, `exceeded quota: ${quota.metadata.name}, ${why}`);
  }
  return [{ quota, used }];
}

function words(amounts: ResourceAmounts): string {
  return [...amounts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, amount]) => `${name}=${formatQuantity(amount)}`)
    .join(',');
}
