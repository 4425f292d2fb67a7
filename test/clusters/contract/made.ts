import { strict as assert } from 'node:assert';
import type { Cluster } from '../../../src/clusters/port.js';

const PATIENCE_SECONDS = 60;

interface Named {
  readonly metadata: { readonly name: string; readonly labels?: object };
  readonly [field: string]: unknown;
}

/** Makes an object of the core group and gives its path. */
export async function make(cluster: Cluster, namespace: string, resource: string, body: Named): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/${resource}`;
  const answer = await cluster.request({ method: 'POST', path, body });
  assert.equal(answer.status, 201, JSON.stringify(answer.body ?? answer.error));
  return `${path}/${body.metadata.name}`;
}

/** Deletes an object and waits until it is gone. */
export async function remove(cluster: Cluster, path: string): Promise<void> {
  await cluster.request({ method: 'DELETE', path, body: { gracePeriodSeconds: 1 } });
  for (let waited = 0; waited < PATIENCE_SECONDS; waited += 0.5) {
    if ((await cluster.request({ method: 'GET', path })).status === 404) return;
    await cluster.wait(0.5);
  }
  assert.fail(`${path} does not go`);
}

/** A pod that runs; gives its name. */
export async function runningPod(
  cluster: Cluster,
  namespace: string,
  name: string,
  container: object,
  labels: object = {},
): Promise<string> {
  const spec = { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', ...container }] };
  const path = await make(cluster, namespace, 'pods', { metadata: { name, labels }, spec } as {
    metadata: { name: string };
  });
  for (let waited = 0; waited < PATIENCE_SECONDS; waited += 0.5) {
    const { body } = await cluster.request({ method: 'GET', path });
    const { status } = body as {
      status?: { phase?: string; podIP?: string; containerStatuses?: { ready: boolean }[] };
    };
    if (status?.phase === 'Running' && status.containerStatuses?.every(({ ready }) => ready)) return status.podIP ?? '';
    await cluster.wait(0.5);
  }
  assert.fail(`pod ${name} does not run`);
}

/** Something that controllers take a moment for: the account of a namespace's pods is there. */
export async function created(cluster: Cluster, namespace: string): Promise<void> {
  for (let waited = 0; waited < PATIENCE_SECONDS; waited += 0.5) {
    if (
      (await cluster.request({ method: 'GET', path: `/api/v1/namespaces/${namespace}/serviceaccounts/default` }))
        .status === 200
    )
      return;
    await cluster.wait(0.5);
  }
  assert.fail(`namespace ${namespace} has no service account`);
}
