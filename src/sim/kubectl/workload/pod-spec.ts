import { isJsonObject, type JsonObject, type KubeObject } from '../../api/object.js';
import type { Container, PodSpec } from '../../api/types/pod.js';

/** Where the pod template lies in kinds that have one. */
const TEMPLATE_PATHS: Readonly<Record<string, readonly string[]>> = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  Job: ['spec', 'template'],
  Pod: [],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
};

/** A pod template, or the pod itself. */
export interface TemplateLike extends JsonObject {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec?: PodSpec;
}

/** The pod template of an object that may be changed; undefined for kinds without one. */
export function templateOf(object: KubeObject): TemplateLike | undefined {
  const path = TEMPLATE_PATHS[object.kind];
  if (!path) return undefined;
  let value: unknown = object;
  for (const name of path) value = isJsonObject(value) ? value[name] : undefined;
  return isJsonObject(value) ? (value as TemplateLike) : undefined;
}

/** Init containers, then containers. */
export function containersOf(spec: PodSpec | undefined): Container[] {
  return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
}

/** The Go name of a kind's type, as messages about unfit objects carry it. */
export function goTypeName({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): string {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const packages: Readonly<Record<string, string>> = { '': 'v1', apps: 'v1' };
  return `*${packages[group] ?? version}.${kind}`;
}
