import { goQuote } from '../../api/go-text.js';
import { isJsonObject, type KubeObject } from '../../api/object.js';
import { isConflict, isNotFound, StatusError } from '../../api/status.js';
import { readManifests } from '../../api/yaml/manifests.js';
import type { Waiting } from '../../kernel/wait.js';
import { upgradedEntries } from '../../kubectl/apply/upgrade-managers.js';
import type { Mapping } from '../../kubectl/resource/discovery.js';
import { mappingOfKind, noMatch } from '../../kubectl/resource/mapper.js';
import type { Rest } from '../../kubectl/rest.js';
import { HelmError, messageOf, wrapped } from '../errors.js';
import type { HelmRun } from '../run.js';
import { clientSidePatch } from './client-side.js';

/** Who manages the fields of what helm makes. */
const MANAGER = 'helm';

/** One object of a release; `object` is what the manifest says until the server has answered. */
export interface Resource {
  readonly mapping: Mapping;
  readonly namespace: string;
  readonly name: string;
  object: KubeObject;
}

/** How objects are written. */
export interface WriteMode {
  readonly serverSide: boolean;
  readonly forceConflicts?: boolean;
  readonly forceReplace?: boolean;
  /** Fields that an earlier client-side helm holds become applied ones. */
  readonly upgradeManagers?: boolean;
  /** Custom kinds are patched three-way too, not only from the last manifest. */
  readonly threeWayForAll?: boolean;
}

/** `apps/v1, Kind=Deployment`, `/v1, Kind=Pod`. */
export function kindText({ mapping }: Resource): string {
  return `${mapping.group}/${mapping.version}, Kind=${mapping.kind}`;
}

/** What helm does with the cluster (its pkg/kube). */
export class KubeClient {
  constructor(private readonly run: HelmRun) {}

  rest(): Rest {
    return this.run.session().rest();
  }

  /** Throws `kubernetes cluster unreachable: …`. */
  *checkReachable(): Waiting<void> {
    try {
      yield* this.rest().send({ method: 'GET', path: '/version' });
    } catch (error) {
      const missing = /context was not found for specified context: (.*)$/.exec(messageOf(error))?.[1];
      if (missing !== undefined)
        throw new HelmError(`kubernetes cluster unreachable: context ${goQuote(missing)} does not exist`);
      throw wrapped('kubernetes cluster unreachable', error);
    }
  }

  /** The objects of a stream of manifests, each with where it is. Throws HelmError for kinds nobody knows. */
  *build(text: string): Waiting<Resource[]> {
    const { documents, error } = readManifests(text);
    const resources: Resource[] = [];
    const problems: string[] = [];
    for (const { value, raw } of documents)
      for (const object of flatten(objectOf(value, raw)))
        try {
          resources.push(yield* this.resourceOf(object));
        } catch (problem) {
          problems.push(messageOf(problem));
        }
    if (error !== undefined) problems.push(`error parsing : ${error}`);
    if (problems.length === 0) return resources;
    const unique = [...new Set(problems)];
    throw new HelmError(unique.length === 1 ? (unique[0] as string) : `[${unique.join(', ')}]`);
  }

  private *resourceOf(object: KubeObject): Waiting<Resource> {
    const { name = '', namespace = '' } = object.metadata;
    const session = this.run.session();
    const mapping = yield* mappingOfKind(session, object.apiVersion ?? '', object.kind);
    if (!mapping)
      throw new HelmError(
        `resource mapping not found for name: ${goQuote(name)} namespace: ${goQuote(namespace)} from "": ${noMatch(object)}\nensure CRDs are installed first`,
      );
    if (!mapping.namespaced) {
      const { namespace: _, ...metadata } = object.metadata;
      return { mapping, name, namespace: '', object: { ...object, metadata } };
    }
    const own = namespace || this.run.namespace();
    return { mapping, name, namespace: own, object: { ...object, metadata: { ...object.metadata, namespace: own } } };
  }

  /** The object as it is; undefined when there is none. */
  *find({ mapping, name, namespace }: Resource): Waiting<KubeObject | undefined> {
    try {
      return yield* this.rest().get(mapping, name, namespace);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** Makes objects, all of them, and then throws what went wrong. */
  *create(resources: readonly Resource[], mode: WriteMode): Waiting<void> {
    if (resources.length === 0) throw new HelmError('no objects visited');
    const problems: unknown[] = [];
    for (const resource of resources)
      try {
        yield* this.createOne(resource, mode);
      } catch (error) {
        problems.push(error);
      }
    if (problems.length === 1) throw problems[0];
    if (problems.length > 1) throw new HelmError(problems.map(messageOf).join('\n'));
  }

  *createOne(resource: Resource, mode: WriteMode): Waiting<void> {
    if (mode.serverSide) return yield* this.apply(resource, mode);
    const { mapping, namespace, object } = resource;
    resource.object = yield* this.rest().create(mapping, object, namespace, { fieldManager: MANAGER });
  }

  /** Server-side apply of one object. Throws with the words helm puts before a conflict. */
  *apply(resource: Resource, { forceConflicts = false }: WriteMode): Waiting<void> {
    const { mapping, namespace, name, object } = resource;
    const query = { fieldManager: MANAGER, fieldValidation: 'Strict', force: String(forceConflicts) };
    const where = `object ${namespace}/${name} ${kindText(resource)}`;
    try {
      const type = 'application/apply-patch+yaml';
      resource.object = yield* this.rest().patch(mapping, name, namespace, type, object, query);
    } catch (error) {
      if (error instanceof StatusError && error.status.code === 415)
        throw wrapped('server-side apply not available on the server', error);
      const what = isConflict(error) ? 'conflict occurred while applying' : 'server-side apply failed for';
      throw wrapped(`${what} ${where}`, error);
    }
  }

  /** Brings one object from what the last manifest said to what the new one says. */
  *updateOne(original: KubeObject, target: Resource, mode: WriteMode): Waiting<void> {
    const { mapping, namespace, name, object } = target;
    if (mode.forceReplace) {
      target.object = yield* this.replace(target);
    } else if (mode.serverSide) {
      if (mode.upgradeManagers) yield* this.upgradeManagers(target);
      yield* this.apply(target, mode);
    } else {
      const current = yield* this.find(target);
      const { type, patch } = clientSidePatch(original, object, current, mode.threeWayForAll ?? false);
      if (Object.keys(patch).length === 0) {
        if (current) target.object = current;
        return;
      }
      try {
        target.object = yield* this.rest().patch(mapping, name, namespace, type, patch, { fieldManager: MANAGER });
      } catch (error) {
        throw wrapped(`cannot patch ${goQuote(name)} with kind ${mapping.kind}`, error);
      }
    }
  }

  private *replace({ mapping, namespace, object }: Resource): Waiting<KubeObject> {
    try {
      const query = { fieldManager: MANAGER, fieldValidation: 'Strict' };
      const current = yield* this.rest().get(mapping, object.metadata.name ?? '', namespace);
      const metadata = { ...object.metadata, resourceVersion: current.metadata.resourceVersion };
      return yield* this.rest().replace(mapping, { ...object, metadata } as KubeObject, namespace, query);
    } catch (error) {
      throw wrapped('failed to replace object', error);
    }
  }

  private *upgradeManagers(target: Resource): Waiting<void> {
    const current = yield* this.find(target);
    const entries = upgradedEntries(current?.metadata.managedFields ?? [], new Set([MANAGER]), MANAGER);
    if (!current || !entries) return;
    const patch = [
      { op: 'replace', path: '/metadata/managedFields', value: entries },
      { op: 'replace', path: '/metadata/resourceVersion', value: current.metadata.resourceVersion },
    ];
    const { mapping, name, namespace } = target;
    yield* this.rest().patch(mapping, name, namespace, 'application/json-patch+json', patch, {
      fieldManager: MANAGER,
      fieldValidation: 'Strict',
    });
  }

  /** Deletes objects; those that are gone already count as deleted. Gives what went wrong. */
  *delete(resources: readonly Resource[], propagationPolicy: string): Waiting<unknown[]> {
    const problems: unknown[] = [];
    for (const { mapping, name, namespace } of resources)
      try {
        yield* this.rest().delete(mapping, name, namespace, { propagationPolicy });
      } catch (error) {
        if (!isNotFound(error)) problems.push(error);
      }
    return problems;
  }
}

function objectOf(value: unknown, raw: string): KubeObject {
  if (!isJsonObject(value)) {
    const type = Array.isArray(value) ? 'array' : typeof value;
    throw new HelmError(
      `unable to decode "": json: cannot unmarshal ${type} into Go value of type struct { Kind string "json:\\"kind,omitempty\\""; }`,
    );
  }
  if (typeof value['kind'] !== 'string' || value['kind'] === '')
    throw new HelmError(`unable to decode "": Object 'Kind' is missing in '${raw}'`);
  const metadata = isJsonObject(value['metadata']) ? value['metadata'] : {};
  checkTexts(metadata);
  return { ...value, metadata } as unknown as KubeObject;
}

/** Labels and annotations are texts: a bare `n` or `1` in YAML is none. */
function checkTexts(metadata: Readonly<Record<string, unknown>>): void {
  for (const field of ['labels', 'annotations'])
    for (const value of Object.values(isJsonObject(metadata[field]) ? metadata[field] : {})) {
      if (typeof value === 'string' || value === null) continue;
      const is = typeof value === 'boolean' ? 'bool' : Array.isArray(value) ? 'array' : typeof value;
      throw new HelmError(
        `unable to decode "": json: cannot unmarshal ${is} into Go struct field ObjectMeta.metadata.${field} of type string`,
      );
    }
}

function flatten(object: KubeObject): KubeObject[] {
  const { items } = object;
  if (!Array.isArray(items) || !object.kind.endsWith('List')) return [object];
  return (items as KubeObject[]).flatMap((item) => flatten({ ...item, metadata: item.metadata ?? {} }));
}
