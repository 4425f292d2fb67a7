import type { OpenHow } from './real-cluster.js';
import { removeObjects, type Target, titleOf } from './remove-objects.js';
import { type Ask, groupResource, listPath, objectPath, type ServedResource } from './resources.js';
import {
  fingerprint,
  type KeptKind,
  type KeptObject,
  type Snapshot,
  type SnapshotScope,
  takeSnapshot,
} from './snapshot.js';

export { type Snapshot, takeSnapshot } from './snapshot.js';

/** An object of a snapshot, and where it is. */
interface Placed {
  readonly resource: ServedResource;
  readonly object: KeptObject;
}

const STEPS = 4;
/** What others are in, or of, comes before them. */
const MADE_FIRST = [
  'namespaces',
  'customresourcedefinitions',
  'storageclasses',
  'clusterroles',
  'serviceaccounts',
  'persistentvolumes',
];
/** A changed object is written over what it is now, which may change meanwhile. */
const TRIES = 3;
/** Who is still going keeps its name so long. */
const AGAIN_SECONDS = 60;
const LOOK_MILLISECONDS = 500;
const NO_VERBS: ReadonlySet<string> = new Set();

/**
 * Makes a cluster what it was when the snapshot was taken: what is new is deleted, what is gone is made again, what was
 * changed is put back. Gives a sentence for each object that could not be.
 */
export async function restoreSnapshot(
  api: { request: Ask },
  snapshot: Snapshot,
  { onStep }: Pick<OpenHow, 'onStep'>,
): Promise<readonly string[]> {
  return (await restoreScope(api, snapshot, { onStep })).left;
}

/** What `restoreSnapshot` does, of what the snapshot was taken of; tells whether there was anything to do. */
export async function restoreScope(
  api: { request: Ask },
  snapshot: Snapshot,
  { onStep, scope }: Pick<OpenHow, 'onStep'> & { readonly scope?: SnapshotScope | undefined },
): Promise<{ readonly changed: boolean; readonly left: readonly string[] }> {
  const ask = api.request.bind(api);
  const step = (number: number, says: string): void => onStep({ number, says, of: STEPS });
  step(1, 'looking for what is new');
  const before = placesOf(snapshot.kinds);
  const now = placesOf((await takeSnapshot(api, scope)).kinds);
  const told = new Set(snapshot.kinds.map(({ resource }) => groupResource(resource)));
  const created = [...now]
    .filter(([place, { resource }]) => !before.has(place) && (!scope || told.has(groupResource(resource))))
    .map(([, placed]) => placed);
  step(2, 'deleting what is new');
  const left = [...(await removeObjects(ask, withoutNested(created)))];
  step(3, 'making again what is gone');
  const gone = [...before].filter(([place]) => !now.has(place)).map(([, placed]) => placed);
  for (const placed of gone.sort((one, other) => rank(one) - rank(other))) left.push(...(await makeAgain(ask, placed)));
  step(4, 'putting back what was changed');
  const others = [...before].flatMap(([place, placed]) => {
    const present = now.get(place);
    return present && fingerprint(present.object) !== fingerprint(placed.object) ? [placed] : [];
  });
  for (const placed of others) left.push(...(await putBack(ask, placed)));
  return { changed: created.length + gone.length + others.length > 0, left };
}

function placesOf(kinds: readonly KeptKind[]): Map<string, Placed> {
  const places = new Map<string, Placed>();
  for (const { resource, objects } of kinds)
    for (const object of objects) {
      const { namespace = '', name } = object.metadata;
      places.set(`${resource.group}/${resource.name} ${namespace}/${name}`, {
        resource: { ...resource, verbs: NO_VERBS },
        object,
      });
    }
  return places;
}

/** Targets without what goes with its namespace, or with the kind that it is of. */
function withoutNested(created: readonly Placed[]): Target[] {
  const names = (kind: string): Set<string> =>
    new Set(created.filter(({ resource }) => resource.name === kind).map(({ object }) => object.metadata.name));
  const [namespaces, definitions] = [names('namespaces'), names('customresourcedefinitions')];
  return created
    .filter(({ resource, object }) => {
      const ofNewKind = definitions.has(`${resource.name}.${resource.group}`);
      return !ofNewKind && !namespaces.has(object.metadata.namespace ?? '');
    })
    .map(({ resource, object }) => ({ resource, name: object.metadata.name, namespace: object.metadata.namespace }));
}

function rank({ resource }: Placed): number {
  const index = MADE_FIRST.indexOf(resource.name);
  return index === -1 ? MADE_FIRST.length : index;
}

async function makeAgain(ask: Ask, placed: Placed): Promise<string[]> {
  const { resource, object } = placed;
  const request = {
    method: 'POST',
    path: listPath(resource, object.metadata.namespace),
    body: withoutDrawn(object),
  } as const;
  for (const end = Date.now() + AGAIN_SECONDS * 1000; ; ) {
    const { status, body, error } = await ask(request);
    const words = error ?? (body as { message?: string } | undefined)?.message ?? `status ${status}`;
    const isGoing = /being (?:deleted|terminated)/.test(words);
    // What every namespace has is made by controllers meanwhile.
    if (status < 300 || (status === 409 && !isGoing)) return [];
    if (!isGoing || Date.now() > end) return [`${title(placed)} is gone and could not be made again: ${words}`];
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
  }
}

async function putBack(ask: Ask, placed: Placed): Promise<string[]> {
  const { resource, object } = placed;
  const path = objectPath(resource, object.metadata.name, object.metadata.namespace);
  let words = '';
  for (let tried = 0; tried < TRIES; tried += 1) {
    const { body: present } = await ask({ method: 'GET', path });
    const { metadata, status } = (present ?? {}) as {
      metadata?: { resourceVersion?: string; ownerReferences?: unknown };
      status?: unknown;
    };
    const { resourceVersion, ownerReferences } = metadata ?? {};
    const body = { ...object, metadata: { ...object.metadata, resourceVersion, ownerReferences }, status };
    const answer = await ask({ method: 'PUT', path, body });
    if (answer.status < 300) return [];
    words = answer.error ?? (answer.body as { message?: string } | undefined)?.message ?? `status ${answer.status}`;
    // Some fields are for life: the object has to begin another one.
    if (answer.status === 422) return await replace(ask, placed);
    if (answer.status !== 409) break;
  }
  return [`${title(placed)} was changed and could not be put back: ${words}`];
}

async function replace(ask: Ask, placed: Placed): Promise<string[]> {
  const { resource, object } = placed;
  const { name, namespace } = object.metadata;
  const left = await removeObjects(ask, [{ resource, name, namespace }]);
  return left.length > 0 ? [...left] : await makeAgain(ask, placed);
}

/** What the server draws for jobs may not be given. */
function withoutDrawn(object: KeptObject): KeptObject {
  if (object.kind !== 'Job') return object;
  const { selector: _selector, ...spec } = object['spec'] as {
    selector?: unknown;
    template?: { metadata?: { labels?: Record<string, string> } };
  };
  const labels = Object.entries(spec.template?.metadata?.labels ?? {}).filter(
    ([label]) => !/(?:^|\/)(?:controller-uid|job-name)$/.test(label),
  );
  const template = { ...spec.template, metadata: { ...spec.template?.metadata, labels: Object.fromEntries(labels) } };
  return { ...object, spec: { ...spec, template } };
}

function title({ resource, object }: Placed): string {
  return titleOf({ resource, name: object.metadata.name, namespace: object.metadata.namespace });
}
