import type { KubeObject } from '../../../src/sim/api/object.js';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { prepareCluster } from '../../../src/sim/apiserver/start/prepare-cluster.js';
import type { Watch } from '../../../src/sim/client/client.js';
import { type TestServer, testServer } from './harness.js';

const type = (group: string, resource: string, kind: string, namespaced = true) => ({
  group,
  version: 'v1',
  resource,
  kind,
  namespaced,
});
/** The types that these tests work with. */
export const CONFIG_MAPS = type('', 'configmaps', 'ConfigMap');
export const NAMESPACES = type('', 'namespaces', 'Namespace', false);
export const PODS = type('', 'pods', 'Pod');
export const NODES = type('', 'nodes', 'Node', false);
export const SERVICES = type('', 'services', 'Service');
const ACCOUNTS = type('', 'serviceaccounts', 'ServiceAccount');
export const BUDGETS = type('policy', 'poddisruptionbudgets', 'PodDisruptionBudget');
export const REPLICA_SETS = type('apps', 'replicasets', 'ReplicaSet');

/** A server that has just come up, with the default service account. */
export function ready(): TestServer {
  const server = testServer({ admission: admissionChain() });
  server.run(prepareCluster(server.parts));
  server.run(server.client.create(ACCOUNTS, object('v1', 'ServiceAccount', 'default')));
  return server;
}

/** An object in the default namespace, unless it says otherwise. */
export function object(apiVersion: string, kind: string, name: string, rest: object = {}): KubeObject {
  const { metadata, ...others } = rest as { metadata?: object };
  return { apiVersion, kind, metadata: { name, namespace: 'default', ...metadata }, ...others };
}

/** A config map. */
export const configMap = (name: string, rest: object = {}) => object('v1', 'ConfigMap', name, rest);
/** A pod of one container. */
export const pod = (name: string, rest: object = {}) =>
  object('v1', 'Pod', name, { spec: { containers: [{ name: 'c', image: 'nginx' }] }, ...rest });

/** A replica set that selects what it makes. */
export const replicaSet = (name: string, rest: { spec?: object; status?: object } = {}) =>
  object('apps/v1', 'ReplicaSet', name, {
    ...rest,
    spec: {
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
      ...rest.spec,
    },
  });

/** What a watch has to tell now, as texts such as `ADDED a`. */
export function events(watch: Watch): string[] {
  const seen: string[] = [];
  for (;;) {
    const event = watch.events.tryReceive();
    if (event === undefined) return seen;
    if (event === 'end') return [...seen, 'end'];
    seen.push(`${event.type} ${event.object.metadata?.name ?? ''}`.trim());
  }
}
