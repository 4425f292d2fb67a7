import { loadAll } from 'js-yaml';
import { hasFields } from '../../checker/has-fields.js';
import { namedObjects, PROBES } from '../../clusters/real/named-objects.js';
import type { LabInstance } from '../format/instance.js';

/** What of a cluster a task takes for itself. */
export interface Claims {
  /** Namespaces that it works in; those of the cluster itself are read by everybody. */
  readonly namespaces: ReadonlySet<string>;
  /** Objects of no namespace: `ClusterRole/reader`; `ClusterRole/*` is any of them. */
  readonly wide: ReadonlySet<string>;
}

/** Kinds of no namespace that tasks are about. A cluster may have more; their instances have names of their own mostly. */
const WIDE_KINDS = new Set([
  'APIService',
  'CSIDriver',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'FlowSchema',
  'GatewayClass',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeSnapshotClass',
]);
/** Namespaces of the cluster itself. */
const SYSTEM = /^kube-/;
/** How command lines name namespaces. */
const NAMED_IN_LINES = [
  /\s-n[ =]["']?((?!\d+\b)[a-z0-9][a-z0-9-]*)(?=["'\s;)]|$)/gm,
  /\s--namespace[ =]["']?([a-z0-9][a-z0-9-]*)/g,
  /\bcreate\s+(?:namespace|ns)\s+([a-z0-9][a-z0-9-]*)/g,
];

/** What an instance of a lab takes of a cluster, as its world, its checks and its solution name it. */
export function claimsOf({ world, checks, solution }: LabInstance): Claims {
  const manifests = (world.steps ?? []).flatMap((step) => ('manifests' in step ? documentsIn(step.manifests) : []));
  const namespaces = new Set<string>();
  const wide = new Set<string>();
  for (const { kind, name, namespace } of namedObjects([manifests, checks])) {
    if (kind === PROBES) continue;
    // What is asked about `default` leaves nothing there: that alone is no work in it.
    if (kind === 'Namespace' && name !== undefined && name !== 'default') namespaces.add(name);
    if (kind !== 'Namespace' && namespace !== undefined) namespaces.add(namespace);
    if (WIDE_KINDS.has(kind)) wide.add(`${kind}/${name ?? '*'}`);
  }
  if (manifests.some(worksInDefault)) namespaces.add('default');
  for (const text of scriptsOf(world, solution))
    for (const found of NAMED_IN_LINES.flatMap((pattern) => [...text.matchAll(pattern)]))
      if (found[1] !== undefined) namespaces.add(found[1]);
  return { namespaces: new Set([...namespaces].filter((name) => !SYSTEM.test(name))), wide };
}

/** What two tasks would both take; undefined where they do not meet. */
export function meeting(one: Claims, other: Claims): string | undefined {
  for (const name of one.namespaces) if (other.namespaces.has(name)) return `namespace ${name}`;
  for (const place of one.wide) {
    const [kind = ''] = place.split('/');
    const any = `${kind}/*`;
    const meets = place === any ? [...other.wide].some((its) => its.startsWith(`${kind}/`)) : other.wide.has(any);
    if (meets || other.wide.has(place)) return place.replace('/', ' ');
  }
  return undefined;
}

/** An object that names no namespace, and is of a kind that has them. */
function worksInDefault({ kind, metadata }: ManifestDocument): boolean {
  return kind !== 'Namespace' && !WIDE_KINDS.has(kind) && metadata.namespace === undefined;
}

interface ManifestDocument {
  readonly kind: string;
  readonly metadata: { readonly namespace?: unknown };
}

function documentsIn(text: string): ManifestDocument[] {
  return loadAll(text).flatMap((document) => {
    if (!hasFields(document) || typeof document['kind'] !== 'string') return [];
    const { kind, metadata } = document;
    return [{ ...document, kind, metadata: hasFields(metadata) ? metadata : {} }];
  });
}

function scriptsOf(world: LabInstance['world'], solution: LabInstance['solution']): readonly string[] {
  const ran = (world.steps ?? []).flatMap((step) => ('run' in step ? [step.run.script] : []));
  return [...ran, ...solution.map(({ script }) => script)];
}
