import { compareText } from '../../api/go-text.js';
import { matchesSelector, type Selector } from '../../api/labels.js';
import { deepCopy, deepEqual, type KubeObject } from '../../api/object.js';
import { controllerOf, controllerReference } from '../../api/owner-references.js';
import { isAlreadyExists, isConflict } from '../../api/status.js';
import type { PodTemplateSpec } from '../../api/types/pod.js';
import type { ControllerRevision } from '../../api/types/workloads.js';
import { compactJson } from '../../api/yaml/json-writer.js';
import type { ApiClient } from '../../client/client.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ControllerContext } from './context.js';
import { CONTROLLER_REVISIONS } from './resource-types.js';
import { fnv32, safeEncode } from './template-hash.js';

const BY_CONTROLLER = 'controllerUid';
const HASH_LABEL = 'controller.kubernetes.io/hash';
/** Characters of the owner's name that go into a revision's. */
const PREFIX_CHARACTERS_MAX = 223;
const UPDATE_TRIES_MAX = 4;
const indexed = new WeakSet<Informer<ControllerRevision>>();

/** What brings a pod template back when it is merged into its owner. */
export interface RevisionData {
  readonly spec: { readonly template: PodTemplateSpec & { readonly $patch: 'replace' } };
}

/** The revisions' cache with the index by controller. */
export function revisionInformer(context: ControllerContext): Informer<ControllerRevision> {
  const revisions = context.informer<ControllerRevision>(CONTROLLER_REVISIONS);
  if (!indexed.has(revisions)) {
    indexed.add(revisions);
    revisions.addIndex(BY_CONTROLLER, (one) => [indexKey(one.metadata.namespace, controllerOf(one)?.uid)]);
  }
  return revisions;
}

/** The revisions an owner controls, and those nobody does, that its selector matches, oldest first. */
export function revisionsOf(
  revisions: Informer<ControllerRevision>,
  { metadata: { namespace, uid } }: KubeObject,
  selector: Selector,
): ControllerRevision[] {
  const found = [indexKey(namespace, uid), indexKey(namespace, undefined)].flatMap((key) =>
    revisions.byIndex(BY_CONTROLLER, key),
  );
  return found.filter(({ metadata }) => matchesSelector(selector, metadata.labels)).sort(byRevision);
}

/** By number, then age, then name. */
export function byRevision(a: ControllerRevision, b: ControllerRevision): number {
  return (
    (a.revision ?? 0) - (b.revision ?? 0) ||
    compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
    compareText(a.metadata.name ?? '', b.metadata.name ?? '')
  );
}

/** What a revision of a template holds. Fields are sorted, as clients compare it byte by byte with what they would write. */
export function revisionData(template: PodTemplateSpec): RevisionData {
  return JSON.parse(compactJson({ spec: { template: { ...template, $patch: 'replace' } } })) as RevisionData;
}

/** The template that a revision holds. */
export function templateOfRevision({ data }: ControllerRevision): PodTemplateSpec {
  const { $patch: _, ...template } = (data as RevisionData).spec.template;
  return template;
}

/** Whether a revision holds that template. */
export function holdsTemplate({ data }: ControllerRevision, template: PodTemplateSpec): boolean {
  return deepEqual(data, { spec: { template: { ...template, $patch: 'replace' } } });
}

/** A revision that is not stored yet, named by the hash of what it holds. */
export function plannedRevision(
  owner: KubeObject,
  template: PodTemplateSpec,
  revision: number,
  collisions: number,
): ControllerRevision {
  const data = revisionData(template);
  const hash = revisionHash(data, collisions);
  const { name = '', namespace, annotations = {} } = owner.metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: revisionName(name, hash),
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...template.metadata?.labels, [HASH_LABEL]: hash },
      annotations: { ...annotations },
      ownerReferences: [controllerReference(owner)],
    },
    data,
    revision,
  };
}

/** Stores a planned revision; under another name, with one collision more, while a different one has its name. */
export function* storeRevision(
  client: ApiClient,
  owner: KubeObject,
  planned: ControllerRevision,
  collisions: number,
): Waiting<{ revision: ControllerRevision; collisions: number }> {
  for (let count = collisions; ; count += 1) {
    const name = revisionName(owner.metadata.name ?? '', revisionHash(planned.data as RevisionData, count));
    const wanted = { ...planned, metadata: { ...planned.metadata, name } };
    try {
      const revision = yield* client.create<ControllerRevision>(CONTROLLER_REVISIONS, wanted);
      return { revision, collisions: count };
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
    }
    const there = yield* client.get<ControllerRevision>(CONTROLLER_REVISIONS, name, planned.metadata.namespace);
    if (deepEqual(there.data, planned.data)) return { revision: there, collisions: count };
  }
}

/** Gives a revision another number. */
export function* renumberRevision(
  client: ApiClient,
  found: ControllerRevision,
  revision: number,
): Waiting<ControllerRevision> {
  const { name = '', namespace } = found.metadata;
  let current = found;
  for (let tries = 1; current.revision !== revision; tries += 1) {
    try {
      return yield* client.update<ControllerRevision>(CONTROLLER_REVISIONS, { ...deepCopy(current), revision });
    } catch (error) {
      if (!isConflict(error) || tries >= UPDATE_TRIES_MAX) throw error;
    }
    current = yield* client.get<ControllerRevision>(CONTROLLER_REVISIONS, name, namespace);
  }
  return current;
}

function revisionHash(data: RevisionData, collisions: number): string {
  return safeEncode(String(fnv32(compactJson(data) + String(collisions))));
}

function revisionName(owner: string, hash: string): string {
  return `${owner.slice(0, PREFIX_CHARACTERS_MAX)}-${hash}`;
}

function indexKey(namespace: string | undefined, uid: string | undefined): string {
  return `${namespace ?? ''}/${uid ?? ''}`;
}
