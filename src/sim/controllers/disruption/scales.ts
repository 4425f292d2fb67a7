import type { KubeObject, OwnerReference } from '../../api/object.js';
import { controllerOf } from '../../api/owner-references.js';
import type { Pod } from '../../api/types/pod.js';
import type { Informer } from '../../client/informer.js';
import { decodeText } from '../../kernel/bytes.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ControllerContext } from '../machinery/context.js';
import { SyncError } from '../machinery/failures.js';
import { DEPLOYMENTS, REPLICA_SETS, REPLICATION_CONTROLLERS, STATEFUL_SETS } from '../machinery/resource-types.js';

interface Scalable extends KubeObject {
  readonly spec: { readonly replicas?: number } | undefined;
}

/** Who controls pods, and how many it wants. */
interface Scale {
  readonly uid: string | undefined;
  readonly replicas: number;
}

/** How many pods those want that control pods: by the caches where they are kept, by the subresource scale where not. */
export class Scales {
  private readonly caches: ReadonlyMap<string, Informer<Scalable>>;
  /** Resources that have the subresource, by version and kind. */
  private readonly scalable = new Map<string, string>();

  constructor(private readonly context: ControllerContext) {
    const types = [DEPLOYMENTS, REPLICA_SETS, REPLICATION_CONTROLLERS, STATEFUL_SETS];
    this.caches = new Map(types.map((type) => [`${type.group}/${type.kind}`, context.informer<Scalable>(type)]));
  }

  /** What the controllers of pods want in all, and whether there are pods without one. Throws when one cannot say. */
  *of(pods: readonly Pod[]): Waiting<{ wanted: number; unmanaged: boolean }> {
    const found = new Map<string | undefined, number>();
    let unmanaged = false;
    for (const pod of pods) {
      const controller = controllerOf(pod);
      if (!controller) unmanaged = true;
      else if (!found.has(controller.uid)) {
        const scale = this.cached(controller, pod.metadata.namespace) ?? (yield* this.asked(controller, pod));
        if (!scale) throw new SyncError(`found no controllers for pod "${pod.metadata.name}"`);
        found.set(scale.uid, scale.replicas);
      }
    }
    return { wanted: [...found.values()].reduce((total, replicas) => total + replicas, 0), unmanaged };
  }

  /** The controller as the cache has it; for a replica set of a deployment the deployment. */
  private cached(reference: OwnerReference, namespace: string | undefined): Scale | undefined {
    const group = reference.apiVersion.includes('/') ? reference.apiVersion.split('/')[0] : '';
    const owner = this.caches.get(`${group}/${reference.kind}`)?.get(namespace, reference.name);
    if (owner?.metadata.uid !== reference.uid || reference.kind === 'Deployment') return undefined;
    const above = reference.kind === 'ReplicaSet' ? controllerOf(owner as Scalable) : undefined;
    if (above?.kind !== 'Deployment') return { uid: reference.uid, replicas: owner?.spec?.replicas ?? 1 };
    const deployment = this.caches.get('apps/Deployment')?.get(namespace, above.name);
    if (deployment?.metadata.uid !== above.uid) return undefined;
    return { uid: above.uid, replicas: deployment?.spec?.replicas ?? 1 };
  }

  /** The controller by its subresource scale; undefined when it is gone. */
  private *asked({ apiVersion, kind, name, uid }: OwnerReference, pod: Pod): Waiting<Scale | undefined> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = yield* this.scalableResource(root, apiVersion, kind);
    const answer = yield* this.read(`${root}/namespaces/${pod.metadata.namespace}/${resource}/${name}/scale`);
    if (answer.status === 404) return undefined;
    const { metadata, spec, message } = answer.object as Scalable & { message?: string };
    if (answer.status !== 200) throw new SyncError(message ?? '');
    return metadata.uid === uid ? { uid, replicas: spec?.replicas ?? 0 } : undefined;
  }

  private *scalableResource(root: string, apiVersion: string, kind: string): Waiting<string> {
    const key = `${apiVersion} ${kind}`;
    const before = this.scalable.get(key);
    if (before !== undefined) return before;
    const { object } = yield* this.read(root);
    const { resources = [] } = object as { resources?: { name: string; kind: string }[] };
    const name = resources.find((one) => one.kind === kind && !one.name.includes('/'))?.name;
    if (name === undefined) throw new SyncError(`no matches for kind "${kind}" in version "${apiVersion}"`);
    if (!resources.some((one) => one.name === `${name}/scale`)) {
      const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
      throw new SyncError(`${name}${group} does not implement the scale subresource`);
    }
    this.scalable.set(key, name);
    return name;
  }

  private *read(target: string): Waiting<{ status: number; object: unknown }> {
    const accept = 'application/json';
    const response = yield* this.context.client.raw({ method: 'GET', target, headers: { accept } });
    const body = () => JSON.parse(decodeText(response.body ?? new Uint8Array()));
    return { status: response.status, object: response.object ?? body() };
  }
}
