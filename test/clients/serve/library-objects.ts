import { PassThrough } from 'node:stream';
import { ApiException, type KubernetesObject, type V1ConfigMap, type V1Status } from '@kubernetes/client-node';
import { expect } from 'vitest';

/** Where the objects live. */
export const namespace = 'default';

/** What a stream of text said. */
export function collect(): PassThrough & { text(): string } {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return Object.assign(stream, { text: () => text });
}

/** A ConfigMap to write. */
export function configMap(name: string, data: Record<string, string>, labels = {}): V1ConfigMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels }, data };
}

/** How the server refused: the code and the Status. */
export async function failure(what: Promise<unknown>): Promise<[number, V1Status]> {
  const error = (await what.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )) as ApiException<string>;
  expect(error).toBeInstanceOf(ApiException);
  return [error.code, JSON.parse(error.body) as V1Status];
}

/** A Deployment to apply. */
export function deployment(replicas: number): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'applied', namespace },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'applied' } },
      template: { metadata: { labels: { app: 'applied' } }, spec: { containers: [{ name: 'main', image: 'nginx' }] } },
    },
  } as KubernetesObject;
}
