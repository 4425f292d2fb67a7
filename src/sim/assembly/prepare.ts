import type { KubeObject } from '../api/object.js';
import { isAlreadyExists, StatusError } from '../api/status.js';
import type { CustomResourceDefinition } from '../api/types/custom-resource-definition.js';
import { printYaml } from '../api/yaml/print.js';
import type { ApiClient, ResourceType } from '../client/client.js';
import { createClient } from '../client/create-client.js';
import { readKubeconfigFile } from '../client/kubeconfig/load.js';
import { resolveContext, transportConfigOf } from '../client/kubeconfig/resolve.js';
import { connectTransport } from '../client/transport.js';
import { decodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import { TlsError } from '../kernel/network.js';
import type { Program, Sys } from '../kernel/sys.js';
import type { Micros } from '../kernel/time.js';
import { MILLISECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { CLUSTER_INFO } from '../worlds/kubeadm/cluster-objects.js';
import { ADMIN_BINDING } from '../worlds/kubeadm/rights.js';
import type { WorldPlan } from '../worlds/plan.js';

const RETRY: Micros = 200 * MILLISECOND;
const NODES: ResourceType = { group: '', version: 'v1', resource: 'nodes', kind: 'Node', namespaced: false };
const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

/** Where a kind's objects live, for the kinds that worlds and labs bring. */
export type ResourceOf = (apiVersion: string, kind: string) => ResourceType | undefined;

/**
 * What `kubeadm init` does once the API server answers, run as root on a control plane: marks it, and creates the
 * add-ons. Ends when everything is there.
 */
export function preparation(plan: WorldPlan, resourceOf: ResourceOf): Program {
  return function* prepare(sys) {
    const client = administrator(sys);
    const known: ResourceOf = (apiVersion, kind) => resourceOf(apiVersion, kind) ?? definedIn(plan, apiVersion, kind);
    for (const object of plan.objects) {
      // Until they have their rights, administrators may do nothing.
      const maker = object === ADMIN_BINDING ? clientOf(sys, 'super-admin.conf') : client;
      yield* create(sys, maker, known, object === CLUSTER_INFO ? clusterInfo(sys) : object);
    }
    if (plan.controlPlaneNode === 'none') return 0;
    const tainted = plan.controlPlaneNode === 'tainted';
    for (const { role, name } of plan.hosts)
      if (role === 'control-plane') yield* markControlPlane(sys, client, name, tainted);
    return 0;
  };
}

/** Where objects of a kind live that one of the plan's own definitions makes. */
function definedIn({ objects }: WorldPlan, apiVersion: string, kind: string): ResourceType | undefined {
  const [group = '', version = ''] = apiVersion.split('/');
  for (const { kind: of, ['spec']: spec } of objects) {
    if (of !== 'CustomResourceDefinition') continue;
    const { group: own, names, scope } = spec as CustomResourceDefinition['spec'];
    if (own !== group || names.kind !== kind) continue;
    return { group, version, resource: names.plural, kind, namespaced: scope === 'Namespaced' };
  }
  return undefined;
}

/** A client with the control plane's administrator's kubeconfig. */
export function administrator(sys: Sys): ApiClient {
  return clientOf(sys, 'admin.conf');
}

function clientOf(sys: Sys, kubeconfig: string): ApiClient {
  const config = transportConfigOf(sys, resolveContext(readKubeconfigFile(sys, `/etc/kubernetes/${kubeconfig}`)));
  return createClient(connectTransport(sys, config), { userAgent: 'kubeadm/v1.36.0 (linux/amd64)' });
}

/** Tells everybody the server's address and its authority: the cluster of admin.conf, without names. */
function clusterInfo(sys: Sys): KubeObject {
  const [cluster = {}] = readKubeconfigFile(sys, '/etc/kubernetes/admin.conf').clusters.values();
  const kubeconfig = printYaml({
    apiVersion: 'v1',
    clusters: [{ cluster, name: '' }],
    contexts: null,
    'current-context': '',
    kind: 'Config',
    users: null,
  });
  return { ...CLUSTER_INFO, data: { kubeconfig } };
}

/** Creates an object as soon as the server takes it; one that is there already is left alone. */
export function* create(sys: Sys, client: ApiClient, resourceOf: ResourceOf, object: KubeObject): Waiting<void> {
  const type = resourceOf(object.apiVersion, object.kind) ?? (yield* insist(sys, () => customType(client, object)));
  yield* insist(sys, function* () {
    try {
      yield* client.create(type, object);
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
    }
  });
}

/** Where objects of a kind live that a CustomResourceDefinition made. Throws `StatusError` while nobody serves it. */
function* customType(client: ApiClient, { apiVersion, kind }: KubeObject): Waiting<ResourceType> {
  const [group = '', version = ''] = apiVersion.split('/');
  const target = `/apis/${apiVersion}`;
  const answer = yield* client.raw({ method: 'GET', target, headers: { accept: 'application/json' } });
  const { resources = [] } = JSON.parse(decodeText(answer.body ?? new Uint8Array())) as ServedResources;
  const found = resources.find((one) => one.kind === kind && !one.name.includes('/'));
  if (!found)
    throw new StatusError({
      apiVersion: 'v1',
      kind: 'Status',
      metadata: {},
      status: 'Failure',
      reason: 'NotFound',
      code: 404,
      message: `there is no kind ${kind} in ${apiVersion}`,
    });
  return { group, version, resource: found.name, kind, namespaced: found.namespaced };
}

/** Whether somebody made a kind that the API server does not have by itself. */
export function* isServed(client: ApiClient, apiVersion: string, kind: string): Waiting<boolean> {
  try {
    yield* customType(client, { apiVersion, kind, metadata: {} });
    return true;
  } catch (error) {
    if (error instanceof StatusError) return false;
    throw error;
  }
}

interface ServedResources {
  readonly resources?: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

function* markControlPlane(sys: Sys, client: ApiClient, name: string, tainted: boolean): Waiting<void> {
  const patch = {
    metadata: { labels: { [CONTROL_PLANE]: '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' } },
    ...(tainted ? { spec: { taints: [{ key: CONTROL_PLANE, effect: 'NoSchedule' }] } } : {}),
  };
  yield* insist(sys, () => client.patch(NODES, name, undefined, 'application/strategic-merge-patch+json', patch));
}

/** Tries until the server is there and has what the request needs (its namespace, its node). */
function* insist<T>(sys: Sys, request: () => Waiting<T>): Waiting<T> {
  for (;;) {
    try {
      return yield* request();
    } catch (error) {
      const waits = isErrno(error) || error instanceof TlsError || (error instanceof StatusError && isPassing(error));
      if (!waits) throw error;
      yield* sys.sleep(RETRY);
    }
  }
}

function isPassing({ status }: StatusError): boolean {
  return status.reason === 'NotFound' || status.reason === 'Forbidden' || (status.code ?? 0) >= 500;
}
