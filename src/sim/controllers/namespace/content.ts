import type { KubeObject } from '../../api/object.js';
import { isPodTerminal } from '../../api/pods.js';
import { StatusError } from '../../api/status.js';
import { parseOptionalTime } from '../../api/time.js';
import type { Namespace } from '../../api/types/config.js';
import type { Pod } from '../../api/types/pod.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { discoverResources } from '../machinery/discovery.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { PODS } from '../machinery/resource-types.js';
import type { DeletionReport } from './conditions.js';

/** Seconds that finalizers of content are given before the next look. */
const FINALIZER_ESTIMATE_SECONDS = 15;

/** What deleting a namespace's content came to: what to report, how long the rest may take, and what went wrong. */
export interface ContentDeletion {
  readonly report: DeletionReport;
  /** Seconds; 0 when nothing is left. */
  readonly estimate: number;
  readonly failures: readonly Error[];
}

interface Totals {
  estimate: number;
  readonly remaining: Map<string, number>;
  readonly finalizers: Map<string, number>;
  readonly failures: Error[];
}

/**
 * Deletes everything in a namespace: pods first, and only when they are gone the rest, so that what pods need to end
 * well is there until then.
 */
export function* deleteContent(client: ApiClient, namespace: Namespace, now: Micros): Waiting<ContentDeletion> {
  const totals: Totals = { estimate: 0, remaining: new Map(), finalizers: new Map(), failures: [] };
  let discoveryFailure: string | undefined;
  let resources: ResourceType[] = [];
  try {
    resources = (yield* discoverResources(client, ['delete', 'list'])).filter(({ namespaced }) => namespaced);
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    totals.failures.push(error);
    discoveryFailure = error.message;
  }
  const contentFailures: string[] = [];
  const [pods, others] = [resources.filter(isPods), resources.filter((type) => !isPods(type))];
  for (const type of pods) yield* deleteResource(client, type, namespace, now, totals, contentFailures);
  const podsRemain = [...totals.remaining.values()].some((count) => count > 0);
  if (!podsRemain) {
    for (const type of others) yield* deleteResource(client, type, namespace, now, totals, contentFailures);
  }
  const counts = podsRemain
    ? { remaining: undefined, finalizers: undefined }
    : { remaining: totals.remaining, finalizers: totals.finalizers };
  return {
    report: { discoveryFailure, contentFailures, ...counts },
    estimate: totals.estimate,
    failures: totals.failures,
  };
}

function* deleteResource(
  client: ApiClient,
  type: ResourceType,
  namespace: Namespace,
  now: Micros,
  totals: Totals,
  contentFailures: string[],
): Waiting<void> {
  const name = namespace.metadata.name ?? '';
  try {
    const graceful = isPods(type) ? yield* podGrace(client, namespace, now) : 0;
    yield* deleteAll(client, type, name);
    const left = (yield* client.list<KubeObject>(type, { namespace: name })).items;
    if (left.length === 0) return;
    const key = `${type.resource}.${type.group}`;
    totals.remaining.set(key, left.length);
    const finalizers = left.flatMap((item) => item.metadata.finalizers ?? []);
    for (const finalizer of finalizers) totals.finalizers.set(finalizer, (totals.finalizers.get(finalizer) ?? 0) + 1);
    const estimate = graceful || (finalizers.length > 0 ? FINALIZER_ESTIMATE_SECONDS : 0);
    totals.estimate = Math.max(totals.estimate, estimate);
    if (estimate > 0) return;
    const gvr = `${type.group}/${type.version}, Resource=${type.resource}`;
    throw new SyncError(`unexpected items still remain in namespace: ${name} for gvr: ${gvr}`);
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    totals.failures.push(error);
    contentFailures.push(error.message);
  }
}

function* deleteAll(client: ApiClient, type: ResourceType, namespace: string): Waiting<void> {
  try {
    yield* client.deleteCollection(type, { namespace, propagationPolicy: 'Background' });
  } catch (error) {
    if (!(error instanceof StatusError) || error.status.code !== 405) throw error;
    const { items } = yield* client.list<KubeObject>(type, { namespace });
    for (const item of items) {
      yield* client.delete(type, item.metadata.name ?? '', namespace, { propagationPolicy: 'Background' });
    }
  }
}

/** The longest grace period of a running pod in seconds, as long as it is not over. */
function* podGrace(client: ApiClient, namespace: Namespace, now: Micros): Waiting<number> {
  const { items } = yield* client.list<Pod>(PODS, { namespace: namespace.metadata.name });
  const grace = items
    .filter((pod) => !isPodTerminal(pod))
    .reduce((most, { spec }) => Math.max(most, spec.terminationGracePeriodSeconds ?? 0), 0);
  const since = parseOptionalTime(namespace.metadata.deletionTimestamp) ?? now;
  return now - since >= grace * SECOND ? 0 : grace;
}

function isPods(type: ResourceType): boolean {
  return type.group === '' && type.resource === 'pods';
}
