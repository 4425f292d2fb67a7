/** Whose pods an autoscaler is for (pkg/target). */
import { parseSelector, type Selector, selectorFromMap, selectorFromObject } from '../../api/labels.js';
import { isJsonObject, type KubeObject, type LabelSelector } from '../../api/object.js';
import { controllerOf } from '../../api/owner-references.js';
import { StatusError } from '../../api/status.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import { objectOf, statusOf } from '../../client/create-client.js';
import type { Informer } from '../../client/informer.js';
import type { InformerFactory } from '../../client/informer-factory.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Autoscaler, TargetRef } from './types.js';

type LabelMap = Readonly<Record<string, string>>;

interface Workload extends KubeObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly selector?: LabelSelector & LabelMap;
    readonly jobTemplate?: {
      readonly spec?: { readonly template?: { readonly metadata?: { readonly labels?: LabelMap } } };
    };
  };
  readonly status?: { readonly desiredNumberScheduled?: number };
}

/** The kinds that are known by themselves; of all others the subresource scale is asked. */
const WELL_KNOWN: readonly (readonly [group: string, kind: string])[] = [
  ['apps', 'DaemonSet'],
  ['apps', 'Deployment'],
  ['apps', 'ReplicaSet'],
  ['apps', 'StatefulSet'],
  ['', 'ReplicationController'],
  ['batch', 'Job'],
  ['batch', 'CronJob'],
];

/** What an autoscaler's pods are chosen by, or why that cannot be told. */
export type Target = { readonly selector: Selector } | { readonly problem: string };

export class Targets {
  private readonly informers = new Map<string, Informer<Workload>>();

  constructor(
    factory: InformerFactory,
    private readonly client: ApiClient,
  ) {
    for (const [group, kind] of WELL_KNOWN) {
      const type: ResourceType = { group, version: 'v1', resource: `${kind.toLowerCase()}s`, kind, namespaced: true };
      this.informers.set(kind, factory.informer<Workload>(type));
    }
  }

  /** The selector of an autoscaler's target, wherever it stands. */
  *selectorOf({ metadata, spec: { targetRef } }: Autoscaler): Waiting<Target> {
    if (!targetRef) return { problem: 'targetRef not defined. If this is a v1beta1 object, switch to v1' };
    const namespace = metadata.namespace ?? '';
    const informer = this.informers.get(targetRef.kind);
    if (!informer) return yield* this.scaleOf(targetRef, namespace);
    const found = informer.get(namespace, targetRef.name);
    if (!found) return { problem: `${targetRef.kind} ${namespace}/${targetRef.name} does not exist` };
    return { selector: selectorIn(targetRef.kind, found) };
  }

  /** Why an autoscaler may not be for this target: something stands above it. */
  misplaced({ metadata, spec: { targetRef } }: Autoscaler): string | undefined {
    if (!targetRef) return undefined;
    const found = this.informers.get(targetRef.kind)?.get(metadata.namespace, targetRef.name);
    if (!found || !controllerOf(found)) return undefined;
    const { apiVersion = '', kind, name } = targetRef;
    return `The target ${apiVersion}.${kind}/${name} has a parent controller but it should point to a topmost well-known or scalable controller`;
  }

  /** What stands above a pod, past all that stand between. */
  topmostOf(pod: KubeObject): { readonly kind: string; readonly name: string } | undefined {
    let owner = controllerOf(pod);
    for (let depth = 0; owner && depth < 5; depth += 1) {
      const { kind, name } = owner;
      const found = this.informers.get(kind)?.get(pod.metadata.namespace, name);
      const above = found && controllerOf(found);
      if (!above) return { kind, name };
      owner = above;
    }
    return owner;
  }

  /** How many pods a pod's controller wants; undefined where that is not known. */
  replicasOf(pod: KubeObject): number | undefined {
    const owner = controllerOf(pod);
    const found = owner && this.informers.get(owner.kind)?.get(pod.metadata.namespace, owner.name);
    return owner?.kind === 'DaemonSet' ? found?.status?.desiredNumberScheduled : found?.spec?.replicas;
  }

  private *scaleOf({ apiVersion = '', kind, name }: TargetRef, namespace: string): Waiting<Target> {
    const unhandled = (why: string): Target => ({
      problem: `unhandled targetRef ${apiVersion} / ${kind} / ${name}, last error ${why}`,
    });
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    try {
      const listed = yield* this.ask(root);
      const resources = Array.isArray(listed['resources']) ? listed['resources'].filter(isJsonObject) : [];
      const resource = resources.find((one) => one['kind'] === kind && !String(one['name']).includes('/'));
      if (!resource) return unhandled(`no matches for kind "${kind}" in group "${group}"`);
      const scale = yield* this.ask(`${root}/namespaces/${namespace}/${String(resource['name'])}/${name}/scale`);
      const status = isJsonObject(scale['status']) ? scale['status'] : {};
      const selector = status['selector'];
      if (typeof selector !== 'string' || selector === '')
        return unhandled(`resource ${namespace}/${name} has an empty selector for scale sub-resource`);
      return { selector: parseSelector(selector) };
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      return unhandled(
        error.status.code === 404 && !error.message.includes(name)
          ? `no matches for kind "${kind}" in group "${group}"`
          : error.message,
      );
    }
  }

  private *ask(target: string): Waiting<Readonly<Record<string, unknown>>> {
    const response = yield* this.client.raw({ method: 'GET', target, headers: { accept: 'application/json' } });
    if (response.status !== 200) throw new StatusError(statusOf(response));
    return objectOf(response) as Readonly<Record<string, unknown>>;
  }
}

function selectorIn(kind: string, { spec = {} }: Workload): Selector {
  if (kind === 'CronJob') return selectorFromMap(spec.jobTemplate?.spec?.template?.metadata?.labels ?? {});
  if (kind === 'ReplicationController') return selectorFromMap(spec.selector ?? {});
  return selectorFromObject(spec.selector);
}
