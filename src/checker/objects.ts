import type { ApiRequest, ApiResponse, Cluster } from '../clusters/port.js';
import type { ObjectRef } from './object-ref.js';

/** An object of the API as checks see it. */
export interface KubernetesObject {
  readonly kind?: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string };
  readonly [field: string]: unknown;
}

/** A check cannot be decided, and why: nobody answers, or what it looks through is not there. */
export class UndecidedError extends Error {}

/** The API server did not answer. */
export class UnreachableError extends UndecidedError {}

/** What the checks of one grading know of the cluster's resources: which path a kind has. */
export class ObjectReader {
  private readonly cluster: Cluster;
  private down: UnreachableError | undefined;
  private readonly paths = new Map<string, Promise<{ path: string; namespaced: boolean } | undefined>>();

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  /** The objects a reference means; none when they, or their kind, do not exist. Throws `UnreachableError`. */
  async read(ref: ObjectRef): Promise<readonly KubernetesObject[]> {
    const base = await this.collection(ref);
    if (base === undefined) return [];
    if (ref.name !== undefined) {
      const body = await this.get(`${base}/${encodeURIComponent(ref.name)}`);
      return body === undefined ? [] : [body as KubernetesObject];
    }
    const query = ref.selector ? `?labelSelector=${encodeURIComponent(ref.selector)}` : '';
    const body = (await this.get(`${base}${query}`)) as { items?: KubernetesObject[] } | undefined;
    return body?.items ?? [];
  }

  /**
   * The path under which a reference's objects are; undefined where the cluster has no such kind. Throws `UndecidedError`
   * when a name is given without the namespace it would be in: nothing is ever found there.
   */
  async collection({ apiVersion, kind, namespace, name }: ObjectRef): Promise<string | undefined> {
    const resource = await this.resource(apiVersion, kind);
    if (!resource) return undefined;
    if (resource.namespaced && namespace === undefined && name !== undefined)
      throw new UndecidedError(`in which namespace is ${kind.toLowerCase()}/${name}? The check names none`);
    const inNamespace = resource.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : '';
    return `${root(apiVersion)}${inNamespace}/${resource.path}`;
  }

  private resource(apiVersion: string, kind: string): Promise<{ path: string; namespaced: boolean } | undefined> {
    const key = `${apiVersion} ${kind}`;
    let found = this.paths.get(key);
    if (!found) {
      found = this.discover(apiVersion, kind);
      this.paths.set(key, found);
    }
    return found;
  }

  private async discover(apiVersion: string, kind: string): Promise<{ path: string; namespaced: boolean } | undefined> {
    const list = (await this.get(root(apiVersion))) as
      | { resources?: { name: string; kind: string; namespaced: boolean }[] }
      | undefined;
    const resource = list?.resources?.find((candidate) => candidate.kind === kind && !candidate.name.includes('/'));
    return resource && { path: resource.name, namespaced: resource.namespaced };
  }

  /**
   * An API request as administrator. Throws `UnreachableError` when nobody answers; later ones then fail at once, with
   * the same reason, so that a dead API server is waited for once in a grading.
   */
  async request(request: ApiRequest): Promise<ApiResponse> {
    if (this.down) throw this.down;
    const response = await this.cluster.request(request);
    if (response.status !== 0) return response;
    this.down = new UnreachableError(`the API server does not answer: ${response.error ?? 'no reason given'}`);
    throw this.down;
  }

  /** The body at a path; undefined where there is nothing. Throws `UndecidedError` where it is refused. */
  async get(path: string): Promise<unknown> {
    const { status, body } = await this.request({ method: 'GET', path });
    if (status === 404) return undefined;
    if (status >= 200 && status < 300) return body;
    throw new UndecidedError(`the API server refuses to tell: ${refusal({ status, body })}`);
  }
}

/** Why the API server refused something, in its own words. */
export function refusal({ status, body }: ApiResponse): string {
  return (body as { message?: string } | undefined)?.message ?? `status ${status}`;
}

function root(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
