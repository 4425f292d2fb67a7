import type { KubeObject } from '../../api/object.js';
import { klogLine } from '../../client/klog.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError, plainText } from '../errors.js';
import { dryRunOf, type WritePrinter } from '../print-flags.js';
import { propagationOf } from '../propagation.js';
import type { Mapping } from '../resource/discovery.js';
import type { Info } from '../resource/info.js';
import { apiVersionOf, mappingOfKind } from '../resource/mapper.js';
import type { Session } from '../session.js';
import { lastAppliedText } from './last-applied.js';

/** A kind that may be pruned. */
interface PruneKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What is pruned when nothing is said: these, and namespaces and volumes, which lie in no namespace. */
// biome-ignore format: a table
const NAMESPACED = [
  '/v1/ConfigMap', '/v1/Endpoints', '/v1/PersistentVolumeClaim', '/v1/Pod', '/v1/ReplicationController', '/v1/Secret', '/v1/Service',
  'batch/v1/Job', 'batch/v1/CronJob', 'networking.k8s.io/v1/Ingress', 'apps/v1/DaemonSet', 'apps/v1/Deployment', 'apps/v1/ReplicaSet',
  'apps/v1/StatefulSet',
];
const CLUSTER = ['/v1/Namespace', '/v1/PersistentVolume'];
const DEPRECATED =
  'Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.';

/** Reads a word of `--prune-allowlist`: `core/v1/ConfigMap`. Throws for other forms. */
export function pruneKind(text: string): PruneKind {
  const [group = '', version = '', kind = '', ...more] = text.split('/');
  if (more.length > 0 || kind === '')
    throw new CommandError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
  return { group: group === 'core' ? '' : group, version, kind };
}

/** Deletes what was applied once, fits the selector, and is not among the objects applied now. */
export function* prune(
  session: Session,
  applied: readonly Info[],
  allowed: readonly PruneKind[],
  printer: WritePrinter,
  shown: KubeObject[],
): Waiting<void> {
  const uids = new Set(applied.map(({ object }) => object?.metadata.uid));
  const namespaces = [...new Set(applied.map(({ namespace }) => namespace).filter((name) => name !== ''))];
  const { namespaced, cluster } = yield* mappingsOf(session, allowed);
  const all = [
    ...namespaces.flatMap((namespace) => namespaced.map((mapping) => ({ namespace, mapping }))),
    ...cluster.map((mapping) => ({ namespace: '', mapping })),
  ];
  for (const { namespace, mapping } of all) {
    const query = { labelSelector: session.flags.text('selector') || undefined };
    const { items } = yield* session.rest().list(mapping, namespace, query);
    for (const item of items) {
      if (lastAppliedText(item) === undefined || uids.has(item.metadata.uid)) continue;
      // Items of a list do not name their kind.
      const object = { ...item, apiVersion: apiVersionOf(mapping), kind: mapping.kind };
      yield* remove(session, mapping, object);
      if (printer.structured) shown.push(object);
      else yield* printer.print(object, 'pruned');
    }
  }
}

function* mappingsOf(
  session: Session,
  allowed: readonly PruneKind[],
): Waiting<{ namespaced: Mapping[]; cluster: Mapping[] }> {
  const isDefault = allowed.length === 0;
  if (isDefault && session.flags.text('namespace') !== '')
    yield* session.err(klogLine(session.sys, 'W', 'prune.go:71', DEPRECATED));
  const found: Mapping[] = [];
  for (const wanted of isDefault ? [...NAMESPACED, ...CLUSTER].map(pruneKind) : allowed) {
    const mapping = yield* mappingOfKind(session, apiVersionOf(wanted), wanted.kind);
    // A server that lacks one of the usual kinds has nothing of it to prune.
    if (mapping) found.push(mapping);
    else if (!isDefault) throw new CommandError(unknownKind(wanted));
  }
  return {
    namespaced: found.filter((mapping) => mapping.namespaced),
    cluster: found.filter((mapping) => !mapping.namespaced),
  };
}

function unknownKind(wanted: PruneKind): string {
  return `error retrieving RESTMappings to prune: invalid resource ${wanted.group}/${wanted.version}, Kind=${wanted.kind}, Namespaced=false: no matches for kind "${wanted.kind}" in version "${apiVersionOf(wanted)}"`;
}

function* remove(session: Session, mapping: Mapping, { metadata }: KubeObject): Waiting<void> {
  const dryRun = dryRunOf(session);
  if (dryRun === 'client') return;
  const grace = session.flags.number('grace-period');
  const options = {
    propagationPolicy: propagationOf(session.flags),
    ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
    ...(dryRun === 'server' ? { dryRun: ['All'] } : {}),
  };
  try {
    yield* session.rest().delete(mapping, metadata.name ?? '', metadata.namespace, options);
  } catch (error) {
    const kind = `${mapping.group}/${mapping.version}, Kind=${mapping.kind}`;
    const where = mapping.namespaced ? 'namespaced' : 'nonNamespaced';
    throw new CommandError(`error pruning ${where} object ${kind}: ${plainText(error)}`);
  }
}
