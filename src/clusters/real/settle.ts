import type { WatchEvent } from '../port.js';
import type { FarServer } from '../workstation/far-server.js';
import { askServer } from './request.js';
import { type Ask, listPath, type ServedResource, servedResources } from './resources.js';
import { isUnderWay, type WatchedObject } from './under-way.js';
import { followList } from './watch.js';

/** What is looked at: only these namespaces, or the whole cluster. */
export interface SettleScope {
  readonly namespaces?: readonly string[] | undefined;
  /** Nobody waits any more: false at once. */
  readonly signal?: AbortSignal | undefined;
}

/** With nothing under way, what controllers owe each other comes within this. */
const CALM_SECONDS = 4;
/** Autoscalers look every 15 seconds. */
const CALM_WITH_AUTOSCALERS_SECONDS = 20;
/** Something is being fetched, started or probed: so long the simulated cluster waits for what comes next. */
const CALM_UNDER_WAY_SECONDS = 30;
/** What is going has its grace period for it, and then whoever takes it away is to notice. */
const CALM_AFTER_GRACE_SECONDS = 10;
const LOOK_MILLISECONDS = 250;
/** They change for ever, or only when somebody changes them: nothing is to be expected of them. */
const PASSIVE = new Set([
  'bindings',
  'ciliumendpoints',
  'ciliumidentities',
  'ciliumnodes',
  'clusterrolebindings',
  'clusterroles',
  'componentstatuses',
  'configmaps',
  'controllerrevisions',
  'csinodes',
  'endpoints',
  'events',
  'leasecandidates',
  'leases',
  'limitranges',
  'podtemplates',
  'priorityclasses',
  'rolebindings',
  'roles',
  'runtimeclasses',
  'secrets',
  'serviceaccounts',
  'storageclasses',
]);
/** Fields that say when somebody last looked, and no more. */
const HEARTBEATS = new Set(['lastHeartbeatTime', 'lastProbeTime', 'resourceVersion', 'managedFields', 'renewTime']);

/**
 * Waits until nothing but heartbeats changes any more; false when `secondsMax` passed first. Nothing changes any more when
 * nothing did for some seconds: more of them while something is under way, because fetching an image changes nothing.
 */
export async function settle(
  far: FarServer,
  secondsMax: number,
  { namespaces, signal }: SettleScope = {},
): Promise<boolean> {
  const end = Date.now() + secondsMax * 1000;
  const ask: Ask = (request) => askServer(far, request);
  const calm = new Calm();
  const watched = (await servedResources(ask)).filter(mayChange);
  const paths = namespaces
    ? watched
        .filter(({ namespaced }) => namespaced)
        .flatMap((one) => namespaces.map((namespace) => [one, listPath(one, namespace)] as const))
    : watched.map((one) => [one, listPath(one)] as const);
  const stops = await Promise.all(paths.map(([resource, path]) => followFrom(far, ask, path, resource, calm)));
  try {
    while (Date.now() < end && !signal?.aborted) {
      if (calm.lasts()) return true;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
    }
    return calm.lasts();
  } finally {
    for (const stop of stops) stop();
  }
}

function mayChange({ name, verbs }: ServedResource): boolean {
  return verbs.has('list') && verbs.has('watch') && !PASSIVE.has(name);
}

/** Lists what there is and follows it from there. What may not be looked at is not waited for. */
async function followFrom(
  far: FarServer,
  ask: Ask,
  path: string,
  { kind }: ServedResource,
  calm: Calm,
): Promise<() => void> {
  const { status, body } = await ask({ method: 'GET', path });
  if (status !== 200) return () => {};
  const { items = [], metadata } = body as { items?: WatchedObject[]; metadata?: { resourceVersion?: string } };
  for (const item of items) calm.hear(path, { type: 'ADDED', object: { kind, ...item } });
  return followList(far, path, (event) => calm.hear(path, event), metadata?.resourceVersion);
}

/** How long nothing has changed, and how long that has to be. */
class Calm {
  private changed = Date.now();
  private readonly seen = new Map<string, string>();
  /** How long it has to be calm for each. */
  private readonly underWay = new Map<string, number>();
  private readonly autoscalers = new Set<string>();

  hear(path: string, { type, object }: WatchEvent): void {
    const { kind, metadata } = object as WatchedObject;
    if (metadata?.name === undefined) return;
    const key = `${path} ${metadata.namespace ?? ''} ${metadata.name}`;
    if (type === 'DELETED') {
      for (const known of [this.seen, this.underWay, this.autoscalers]) known.delete(key);
      this.changed = Date.now();
      return;
    }
    const now = JSON.stringify(object, (field, value: unknown) => (HEARTBEATS.has(field) ? undefined : value));
    if (this.seen.get(key) !== now) this.changed = Date.now();
    this.seen.set(key, now);
    if (isUnderWay(object as WatchedObject)) this.underWay.set(key, calmOf(object as WatchedObject));
    else this.underWay.delete(key);
    if (kind === 'HorizontalPodAutoscaler') this.autoscalers.add(key);
  }

  lasts(): boolean {
    return Date.now() - this.changed >= this.needed() * 1000;
  }

  private needed(): number {
    if (this.underWay.size > 0) return Math.max(...this.underWay.values());
    return this.autoscalers.size > 0 ? CALM_WITH_AUTOSCALERS_SECONDS : CALM_SECONDS;
  }
}

/** So long nothing may happen to something under way before nothing is to be expected of it, in seconds. */
function calmOf({ metadata }: WatchedObject): number {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = metadata;
  if (deletionTimestamp === undefined) return CALM_UNDER_WAY_SECONDS;
  return Math.max(CALM_UNDER_WAY_SECONDS, deletionGracePeriodSeconds + CALM_AFTER_GRACE_SECONDS);
}
