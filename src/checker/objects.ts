import type { Cluster } from '../clusters/port.js';
import type { ObjectRef } from './rubric.js';

/** An object of the API as checks see it. */
export interface KubernetesObject {
  readonly kind?: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string };
  readonly [field: string]: unknown;
}

/** The API server did not answer, or not as it should; the message says so in its words. */
export class UnreachableError extends Error {}

/** What the checks of one grading know of the cluster's resources: which path a kind has. */
export class ObjectReader {
  private readonly cluster: Cluster;
  private readonly paths = new Map<string, Promise<{ path: string; namespaced: boolean } | undefined>>();

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  /** The objects a reference means; none when they, or their kind, do not exist. Throws `UnreachableError`. */
  async read(ref: ObjectRef): Promise<readonly KubernetesObject[]> {
    const resource = await this.resource(ref.apiVersion, ref.kind);
    if (!resource) return [];
    const inNamespace = resource.namespaced && ref.namespace !== undefined ? `/namespaces/${ref.namespace}` : '';
    const base = `${root(ref.apiVersion)}${inNamespace}/${resource.path}`;
    if (ref.name !== undefined) {
      const body = await this.get(`${base}/${encodeURIComponent(ref.name)}`);
      return body === undefined ? [] : [body as KubernetesObject];
    }
    const query = ref.selector ? `?labelSelector=${encodeURIComponent(ref.selector)}` : '';
    const body = (await this.get(`${base}${query}`)) as { items?: KubernetesObject[] } | undefined;
    return body?.items ?? [];
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

  private async get(path: string): Promise<unknown> {
    const { status, body, error } = await this.cluster.request({ method: 'GET', path });
    if (status === 404) return undefined;
    if (status >= 200 && status < 300) return body;
    if (status === 0) throw new UnreachableError(`the API server does not answer: ${error}`);
    const message = (body as { message?: string } | undefined)?.message ?? `status ${status}`;
    throw new UnreachableError(`the API server refuses to tell: ${message}`);
  }
}

function root(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
