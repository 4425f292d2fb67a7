/** Pods of which two are the clients of a third, and one has ended. */
export const pod = (name: string, app: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app } },
  status: { phase: 'Running', podIP: `10.244.1.${name.length}` },
  ...more,
});
export const PODS = [
  pod('a', 'web'),
  pod('bb', 'web'),
  pod('ccc', 'db'),
  pod('dddd', 'job', { status: { phase: 'Succeeded' } }),
];
/** Those of an app, as a place that something is tried from. */
export const from = (app: string) => ({ pods: { namespace: 'shop', selector: `app=${app}` } });
/** A pod that is made. */
export const probe = { probe: { namespace: 'shop', labels: { role: 'client' } } };
