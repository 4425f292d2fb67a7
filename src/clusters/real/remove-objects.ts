import { type Ask, groupResource, listPath, objectPath, type ServedResource, servedResources } from './resources.js';

/** One object that is to go. */
export interface Target {
  readonly resource: ServedResource;
  readonly name: string;
  readonly namespace?: string | undefined;
}

interface Remaining {
  readonly metadata?: { readonly finalizers?: readonly string[]; readonly deletionTimestamp?: string };
  readonly status?: { readonly conditions?: readonly { type: string; status: string; message?: string }[] };
}

export interface RemoveHow {
  /** 120 when left out. */
  readonly patienceSeconds?: number;
}

const PATIENCE_SECONDS = 120;
/** After this long nobody will come any more who does what a finalizer waits for. */
const FINALIZERS_SECONDS = 4;
const LOOK_MILLISECONDS = 300;
/** They decide about, or stand in the way of, the going of others. */
const FIRST = new Set([
  'apiservices',
  'mutatingadmissionpolicybindings',
  'mutatingwebhookconfigurations',
  'validatingadmissionpolicybindings',
  'validatingwebhookconfigurations',
]);
/** What they are in has to be empty first, or they are needed to empty it. */
const LAST = new Set([
  'customresourcedefinitions',
  'persistentvolumes',
  'clusterroles',
  'clusterrolebindings',
  'storageclasses',
]);

/**
 * Deletes objects and waits until they are gone, namespaces with all that is in them. Finalizers that nobody heeds are taken
 * off, but those of Kubernetes itself. Gives a sentence for each object that stays.
 */
export async function removeObjects(
  ask: Ask,
  targets: readonly Target[],
  how: RemoveHow = {},
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const turn of [0, 1, 2]) {
    const these = targets.filter(({ resource }) => turnOf(resource) === turn);
    left.push(...(await removeTogether(ask, these, how)));
  }
  return left;
}

function turnOf({ name }: ServedResource): number {
  if (FIRST.has(name)) return 0;
  return LAST.has(name) ? 2 : 1;
}

async function removeTogether(ask: Ask, targets: readonly Target[], how: RemoveHow): Promise<string[]> {
  const refused: string[] = [];
  const going: Target[] = [];
  for (const target of targets) {
    // Pods are not waited for longer than they need.
    const body = target.resource.name === 'pods' ? { gracePeriodSeconds: 1 } : { propagationPolicy: 'Background' };
    const { status, body: said, error } = await ask({ method: 'DELETE', path: pathOf(target), body });
    if (status >= 200 && status < 300) going.push(target);
    else if (status !== 404)
      refused.push(`${titleOf(target)} could not be deleted: ${error ?? messageOf(said) ?? `status ${status}`}`);
  }
  return [...refused, ...(await waitGone(ask, going, how))];
}

async function waitGone(
  ask: Ask,
  targets: readonly Target[],
  { patienceSeconds = PATIENCE_SECONDS }: RemoveHow,
): Promise<string[]> {
  const began = Date.now();
  const seconds = (): number => (Date.now() - began) / 1000;
  let waiting = targets;
  const last = new Map<Target, Remaining>();
  while (waiting.length > 0) {
    const still: Target[] = [];
    for (const target of waiting) {
      const { status, body } = await ask({ method: 'GET', path: pathOf(target) });
      if (status === 404) continue;
      still.push(target);
      last.set(target, (body ?? {}) as Remaining);
      if (seconds() > FINALIZERS_SECONDS) await takeOff(ask, target, (body ?? {}) as Remaining);
    }
    waiting = still;
    if (waiting.length === 0 || seconds() > patienceSeconds) break;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
  }
  return waiting.map((target) => `${titleOf(target)} is still being deleted: ${holdOf(last.get(target))}`);
}

/** Takes foreign finalizers off an object, or off what is left in a namespace. */
async function takeOff(ask: Ask, target: Target, object: Remaining): Promise<void> {
  if (target.resource.name === 'namespaces') return await emptyNamespace(ask, target.name, object);
  const finalizers = object.metadata?.finalizers ?? [];
  const kept = finalizers.filter(isOfKubernetes);
  if (object.metadata?.deletionTimestamp === undefined || kept.length === finalizers.length) return;
  const path = pathOf(target);
  await ask({
    method: 'PATCH',
    path,
    contentType: 'application/merge-patch+json',
    body: { metadata: { finalizers: kept } },
  });
}

/** The conditions of a namespace that cannot go name what holds it: `Some resources are remaining: boats.x.io has 1 resource instances`. */
async function emptyNamespace(ask: Ask, namespace: string, { status }: Remaining): Promise<void> {
  const remaining = status?.conditions?.find(
    ({ type, status: is }) => type === 'NamespaceContentRemaining' && is === 'True',
  );
  const kinds = [...(remaining?.message ?? '').matchAll(/([a-z0-9.-]+) has \d+ resource instances/g)].map(
    ([, one = '']) => one,
  );
  if (kinds.length === 0) return;
  const served = (await servedResources(ask)).filter((one) => kinds.includes(groupResource(one)));
  for (const resource of served) {
    const { body } = await ask({ method: 'GET', path: listPath(resource, namespace) });
    for (const item of (body as { items?: (Remaining & { metadata: { name: string } })[] } | undefined)?.items ?? [])
      await takeOff(ask, { resource, namespace, name: item.metadata.name }, item);
  }
}

function isOfKubernetes(finalizer: string): boolean {
  return /(?:^|\.)kubernetes\.io\/|^(?:foregroundDeletion|orphan|kubernetes)$/.test(finalizer);
}

function holdOf(object: Remaining | undefined): string {
  const finalizers = object?.metadata?.finalizers ?? [];
  if (finalizers.length > 0) return `its finalizers (${finalizers.join(', ')}) are not removed`;
  const told = object?.status?.conditions?.find(
    ({ type, status }) => /^Namespace.*(?:Remaining|Failure)$/.test(type) && status === 'True',
  );
  return told?.message ?? 'it takes longer than was waited';
}

function pathOf({ resource, name, namespace }: Target): string {
  return objectPath(resource, name, namespace);
}

/** An object in words: `ConfigMap shop/settings`. */
export function titleOf({ resource, name, namespace }: Target): string {
  return `${resource.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function messageOf(body: unknown): string | undefined {
  return (body as { message?: string } | undefined)?.message;
}
