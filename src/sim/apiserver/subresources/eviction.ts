import { matchesSelector, selectorFromObject } from '../../api/labels.js';
import { deepCopy, type KubeObject } from '../../api/object.js';
import { withPodCondition } from '../../api/pods.js';
import {
  badRequest,
  disruptionBudgetViolated,
  forbiddenRequest,
  methodNotAllowed,
  type Status,
  StatusError,
  success,
  tooManyRequests,
  unnamedError,
} from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { PodStatus } from '../../api/types/pod.js';
import type { PodDisruptionBudget } from '../../api/types/policy.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';
import { type AdmissionRequest, mutateAll, validateAll } from '../admission/admission.js';
import { askerOf } from '../request/asker.js';
import { readBody } from '../request/body.js';
import type { RequestContext } from '../request/context.js';
import { writeOptions } from '../request/operation-options.js';
import { readWriteParameters } from '../request/options.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';
import { checkPreconditions, deleteObject } from '../storage/delete.js';
import { allObjects, getObject } from '../storage/get.js';
import { writeObject } from '../storage/write.js';
import type { DeleteParameters } from '../verbs/delete-options.js';

interface Eviction extends KubeObject {
  deleteOptions?: {
    gracePeriodSeconds?: number;
    preconditions?: { uid?: string; resourceVersion?: string };
    dryRun?: string[];
    propagationPolicy?: DeleteParameters['propagation'];
  };
}

const DISRUPTED_PODS_MAX = 2000;
const VIOLATED = "Cannot evict pod as it would violate the pod's disruption budget.";

/** POST to a pod's eviction: deletes it unless a disruption budget says no (429). */
export function* evictionSubresource(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  if (context.info.verb !== 'create') throw new StatusError(methodNotAllowed());
  const parameters = readWriteParameters(context.query, 'CreateOptions', context.request.headers['user-agent'] ?? '');
  const eviction = (readBody(context.request, 'Eviction')?.object ?? {}) as Eviction;
  context.audit?.sent(eviction);
  const { name, namespace } = context.info;
  if (eviction.metadata) eviction.metadata.namespace ||= namespace;
  const store = yield* context.parts.etcd.store('write');
  const admission = admissionOf(context, kind, store, eviction, parameters.dryRun);
  yield* mutateAll(context.parts.admission, admission);
  if (eviction.metadata?.name !== name)
    throw new StatusError(badRequest('name in URL does not match name in Eviction object'));
  yield* validateAll(context.parts.admission, admission);
  const given = eviction.deleteOptions;
  const options: DeleteParameters = {
    gracePeriodSeconds: given?.gracePeriodSeconds,
    propagation: given?.propagationPolicy,
    uid: given?.preconditions?.uid,
    resourceVersion: given?.preconditions?.resourceVersion,
    dryRun: parameters.dryRun || (given?.dryRun ?? []).length > 0,
  };
  const pod = getObject(store, kind, namespace, name);
  if (!ignoresBudgets(pod)) {
    const refusal = takeFromBudget(context, store, pod, options.dryRun);
    if (refusal) throw new StatusError(refusal);
  }
  if (!options.dryRun) checkPreconditions(kind, pod, options);
  const marked = options.dryRun ? pod : markDisrupted(store, kind, pod, formatTime(context.parts.now()));
  const current =
    options.resourceVersion === pod.metadata.resourceVersion
      ? { ...options, resourceVersion: marked.metadata.resourceVersion }
      : options;
  deleteObject(store, kind, marked, current, context.parts.now());
  return objectAnswer({ ...success(), code: 201 }, 201);
}

/** Who wants to evict what; the pod's deletion itself is nobody's request, and admission is not asked again. */
function admissionOf(
  context: RequestContext,
  kind: ServedKind,
  store: Store,
  eviction: Eviction,
  dryRun: boolean,
): AdmissionRequest {
  const { info } = context;
  return {
    ...askerOf(context),
    store,
    operation: 'CREATE',
    kind,
    subresource: 'eviction',
    namespace: info.namespace,
    name: info.name,
    object: eviction,
    old: undefined,
    dryRun,
    options: writeOptions(context, 'CREATE'),
  };
}

/** Pods that are over, not started, or going already are no loss. */
function ignoresBudgets(pod: KubeObject): boolean {
  const phase = (pod['status'] as { phase?: string } | undefined)?.phase ?? '';
  return ['Succeeded', 'Failed', 'Pending'].includes(phase) || Boolean(pod.metadata.deletionTimestamp);
}

/** Asks the pod's budget and counts the disruption; what is returned refuses the eviction. */
function takeFromBudget(context: RequestContext, store: Store, pod: KubeObject, dryRun: boolean): Status | undefined {
  const kind = context.parts.kinds.resource('policy', 'v1', 'poddisruptionbudgets');
  if (!kind) return undefined;
  const budgets = (allObjects(store, kind, pod.metadata.namespace) as PodDisruptionBudget[]).filter((budget) => {
    const selector = budget.spec?.selector;
    return selector !== undefined && matchesSelector(selectorFromObject(selector), pod.metadata.labels);
  });
  const budget = budgets[0];
  if (!budget) return undefined;
  if (budgets.length > 1) {
    const message = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
    return unnamedError(message);
  }
  if (!isReady(pod) && sparesUnready(budget)) return undefined;
  return countDisruption(context, store, kind, budget, pod.metadata.name as string, dryRun);
}

function sparesUnready({ spec, status }: PodDisruptionBudget): boolean {
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const desired = status?.desiredHealthy ?? 0;
  return desired > 0 && (status?.currentHealthy ?? 0) >= desired;
}

function countDisruption(
  context: RequestContext,
  store: Store,
  kind: ServedKind,
  budget: PodDisruptionBudget,
  pod: string,
  dryRun: boolean,
): Status | undefined {
  const name = budget.metadata.name as string;
  const status = budget.status;
  if ((status?.observedGeneration ?? 0) < (budget.metadata.generation ?? 0)) {
    const busy = tooManyRequests(VIOLATED, 10);
    const cause = {
      reason: 'DisruptionBudget',
      message: `The disruption budget ${name} is still being processed by the server.`,
    };
    return { ...busy, details: { ...busy.details, causes: [cause] } };
  }
  const resource = { group: 'policy', resource: 'poddisruptionbudget' };
  const allowed = status?.disruptionsAllowed ?? 0;
  if (allowed < 0) return forbiddenRequest(resource, name, 'pdb disruptions allowed is negative');
  if (Object.keys(status?.disruptedPods ?? {}).length > DISRUPTED_PODS_MAX) {
    return forbiddenRequest(
      resource,
      name,
      'DisruptedPods map too big - too many evictions not confirmed by PDB controller',
    );
  }
  if (allowed === 0) return refusalOf(budget);
  if (dryRun) return undefined;
  const changed = deepCopy(budget);
  const after = changed.status as NonNullable<PodDisruptionBudget['status']>;
  after.disruptionsAllowed = allowed - 1;
  after.disruptedPods = { ...after.disruptedPods, [pod]: formatTime(context.parts.now()) };
  if (after.disruptionsAllowed === 0) disallow(changed, formatTime(context.parts.now()));
  writeObject(store, kind, changed);
  return undefined;
}

function refusalOf({ metadata, status }: PodDisruptionBudget): Status {
  const name = metadata.name as string;
  const needed = status?.desiredHealthy ?? 0;
  const healthy = status?.currentHealthy ?? 0;
  const condition = status?.conditions?.find(
    (one) => one.type === 'DisruptionAllowed' && one.status === 'False' && one.message !== '',
  );
  const plain = disruptionBudgetViolated(name, needed, healthy);
  const because = (message: string): Status => ({
    ...plain,
    details: { causes: [{ reason: 'DisruptionBudget', message }] },
  });
  if (condition?.reason === 'SyncFailed') {
    return because(
      `The disruption budget ${name} does not allow evicting pods currently because it failed sync: ${condition.message}`,
    );
  }
  if (healthy <= needed) return plain;
  if (condition)
    return because(
      `The disruption budget ${name} does not allow evicting pods currently (${condition.reason}): ${condition.message}`,
    );
  return because(`The disruption budget ${name} does not allow evicting pods currently`);
}

function disallow(budget: PodDisruptionBudget, timestamp: string): void {
  const status = budget.status as NonNullable<PodDisruptionBudget['status']>;
  const others = (status.conditions ?? []).filter((one) => one.type !== 'DisruptionAllowed');
  status.conditions = [
    ...others,
    {
      type: 'DisruptionAllowed',
      status: 'False',
      reason: 'InsufficientPods',
      message: '',
      observedGeneration: status.observedGeneration ?? 0,
      lastTransitionTime: timestamp,
    },
  ];
}

function isReady(pod: KubeObject): boolean {
  const conditions = (pod['status'] as { conditions?: { type: string; status: string }[] } | undefined)?.conditions;
  return conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
}

/** Notes on the pod why it goes. */
function markDisrupted(store: Store, kind: ServedKind, pod: KubeObject, timestamp: string): KubeObject {
  const status = (pod['status'] ?? {}) as PodStatus;
  const before = status.conditions?.find(({ type }) => type === 'DisruptionTarget');
  const generation = before?.observedGeneration;
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
    ...(generation === undefined ? {} : { observedGeneration: generation }),
  };
  const after = withPodCondition(status, condition, timestamp);
  return after ? writeObject(store, kind, { ...deepCopy(pod), status: after }) : pod;
}
