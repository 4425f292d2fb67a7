/** A pod of a shop. */
export const pod = (name: string, more: object = {}, labels = { app: 'web' }) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, labels },
  ...more,
});
const configMap = (name: string, more: object, metadata: object = { labels: { app: 'list' } }) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', ...metadata },
  ...more,
});
/** Two nodes, some pods, lists. */
export const CONTENT = {
  objects: [
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, spec: { unschedulable: true } },
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n2' }, spec: {} },
    pod('a', { spec: { nodeName: 'n1', n: 1 } }),
    pod('b', { spec: { nodeName: 'n2', n: 2 } }),
    configMap('l1', { data: { a: 'x', b: 'x', c: 'y' } }),
    configMap('l2', { data: { a: 'x' } }),
    configMap('going', {}, { deletionTimestamp: 'now', labels: {} }),
    pod('c', { spec: { nodeName: 'n2', n: 3 } }, { app: 'db' }),
  ],
};
/** A node by name. */
export const node = (name: string) => ({ apiVersion: 'v1', kind: 'Node', name });
/** The pods of the shop by their labels. */
export const pods = (selector: string) => ({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', selector });
