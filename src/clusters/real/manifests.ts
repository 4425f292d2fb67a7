import { type ApiResponse, ClusterError } from '../port.js';
import { type Ask, groupVersion, listPath, objectPath, resourcesIn, type ServedResource } from './resources.js';

/** An object of a manifest. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly generateName?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

export interface ManifestHow {
  readonly signal?: AbortSignal | undefined;
  /** Whose objects these are: namespaces, and what is in none, get a label that says so. */
  readonly attempt?: string | undefined;
  /** Why an object must not be made; asked for each before the first one is. */
  refuses?(
    object: ManifestObject,
    resource: ServedResource | undefined,
  ): Promise<string | undefined> | string | undefined;
  /** Told of what of no namespace is there already and is not labelled as the attempt's. It throws where that may not be. */
  onOthers?(object: ManifestObject, resource: ServedResource): void;
}

/** What namespaces and other things of no namespace are known by that an attempt made. */
export const ATTEMPT_LABEL = 'kubedrill.dev/attempt';

/** Servers take some time to have what an object needs: its namespace, the account of its pods, a webhook. */
const PATIENCE_SECONDS = 30;
const RETRY_MILLISECONDS = 250;
const CRD = 'CustomResourceDefinition';

/** Reads a stream of documents as kubectl does. Throws `ClusterError` with the first mistake. */
export async function readObjects(text: string): Promise<readonly ManifestObject[]> {
  const { readManifests } = await import('../../sim/index.js');
  const { documents, error } = readManifests(text);
  if (error !== undefined) throw new ClusterError(`manifests: ${error}`);
  const objects = documents.map(({ value }) => value as unknown as ManifestObject);
  const broken = objects.findIndex((one) => !one?.apiVersion || !one.kind || !one.metadata);
  if (broken !== -1) throw new ClusterError(`manifests: document ${broken + 1} is no object of Kubernetes`);
  return objects;
}

/**
 * Makes the objects of manifests in order: those namespaces first that they describe, then what others need bare. What is
 * there already is left alone. Kinds that a CustomResourceDefinition makes are waited for. Throws `ClusterError` with the
 * object that cannot be made, and the API server's words.
 */
export async function applyManifests(api: { request: Ask }, text: string, how: ManifestHow = {}): Promise<void> {
  const objects = await readObjects(text);
  const described = objects.filter(isNamespace);
  const others = objects.filter((object) => !isNamespace(object));
  const known = new Set(described.map(({ metadata }) => metadata.name));
  const needed = [...new Set(others.flatMap(({ metadata }) => metadata.namespace ?? []))].filter(
    (name) => !known.has(name),
  );
  const bare = needed.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  const maker = new Maker(api.request.bind(api), how);
  const all = [...described, ...bare, ...others];
  for (const object of all) await maker.check(object);
  for (const object of all) await maker.make(object);
}

class Maker {
  private readonly ask: Ask;
  private readonly how: ManifestHow;
  private readonly versions = new Map<string, readonly ServedResource[]>();

  constructor(ask: Ask, how: ManifestHow) {
    this.ask = ask;
    this.how = how;
  }

  async check(object: ManifestObject): Promise<void> {
    const reason = await this.how.refuses?.(object, await this.resource(object));
    if (reason !== undefined) throw new ClusterError(`manifests: ${nameOf(object)}: ${reason}`);
  }

  async make(object: ManifestObject): Promise<void> {
    const resource = await this.patiently(object, async () => {
      const found = await this.resource(object);
      return found ?? { status: 404, body: { message: `there is no kind ${object.kind} in ${object.apiVersion}` } };
    });
    const { namespace = 'default' } = object.metadata;
    const path = listPath(resource as ServedResource, namespace);
    const answer = await this.patiently(object, () =>
      this.ask({ method: 'POST', path, body: this.labelled(object, resource as ServedResource) }),
    );
    if ('status' in answer && answer.status === 409) await this.tellOfOthers(object, resource as ServedResource);
    if (object.kind === CRD) await this.established(object, resource as ServedResource);
  }

  private labelled(object: ManifestObject, { namespaced }: ServedResource): ManifestObject {
    const { attempt } = this.how;
    if (attempt === undefined || namespaced) return object;
    const labels = { ...object.metadata.labels, [ATTEMPT_LABEL]: attempt };
    return { ...object, metadata: { ...object.metadata, labels } };
  }

  private async tellOfOthers(object: ManifestObject, resource: ServedResource): Promise<void> {
    const { attempt, onOthers } = this.how;
    if (!onOthers || resource.namespaced) return;
    const { body } = await this.ask({ method: 'GET', path: objectPath(resource, object.metadata.name ?? '') });
    const { metadata } = (body ?? {}) as Partial<ManifestObject>;
    if (metadata?.labels?.[ATTEMPT_LABEL] !== attempt) onOthers(object, resource);
  }

  private async established(object: ManifestObject, resource: ServedResource): Promise<void> {
    await this.patiently(object, async () => {
      const answer = await this.ask({ method: 'GET', path: objectPath(resource, object.metadata.name ?? '') });
      const { status } = (answer.body ?? {}) as { status?: { conditions?: { type: string; status: string }[] } };
      const isServed = status?.conditions?.some((one) => one.type === 'Established' && one.status === 'True');
      return isServed ? answer : { status: 503, body: { message: 'it was not established' } };
    });
    this.versions.clear();
  }

  private async resource({ apiVersion, kind }: ManifestObject): Promise<ServedResource | undefined> {
    let served = this.versions.get(apiVersion);
    if (served === undefined) {
      served = await resourcesIn(this.ask, groupVersion(apiVersion));
      // What nobody serves yet may be served soon.
      if (served.length > 0) this.versions.set(apiVersion, served);
    }
    const found = served.find((one) => one.kind === kind);
    if (!found) this.versions.delete(apiVersion);
    return found;
  }

  /** Tries until it succeeds, or is there already, or is refused for good. */
  private async patiently<T extends object>(
    object: ManifestObject,
    attempt: () => Promise<T | ApiResponse>,
  ): Promise<T | ApiResponse> {
    for (const end = Date.now() + PATIENCE_SECONDS * 1000; ; ) {
      if (this.how.signal?.aborted) throw new ClusterError('it was interrupted');
      const answer = await attempt();
      if (!('status' in answer) || !('body' in answer)) return answer;
      const { status, body, error } = answer as ApiResponse;
      const { message, reason } = (body ?? {}) as { message?: string; reason?: string };
      if ((status >= 200 && status < 300) || reason === 'AlreadyExists') return answer;
      if (!isPassing(status) || Date.now() >= end)
        throw new ClusterError(`manifests: ${nameOf(object)}: ${error ?? message ?? `status ${status}`}`);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  }
}

function isPassing(status: number): boolean {
  return [0, 403, 404, 409, 429].includes(status) || status >= 500;
}

function isNamespace({ apiVersion, kind }: ManifestObject): boolean {
  return apiVersion === 'v1' && kind === 'Namespace';
}

function nameOf({ kind, metadata }: ManifestObject): string {
  const name = metadata.name ?? `${metadata.generateName ?? ''}…`;
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${name}`;
}
