import type { KubeObject } from '../../api/object.js';
import type { ComponentFlags } from '../../client/component/flags.js';

/** What the admission controller tells the API server of itself, by its flags (selfRegistration). `authority` is PEM. */
export function webhookConfiguration(flags: ComponentFlags, namespace: string, authority: string): KubeObject {
  const name = flags.text('webhook-service', 'vpa-webhook');
  const url = `${flags.text('webhook-address')}:${flags.text('webhook-port')}`;
  const ignored = flags.text('ignored-vpa-object-namespaces').split(',');
  const caBundle = Buffer.from(authority).toString('base64');
  const rule = (apiGroups: string[], apiVersions: string[], resources: string[], operations: string[]) => ({
    ...{ apiGroups, apiVersions, operations, resources },
  });
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'vpa-webhook-config', ...labelsOf(flags.text('webhook-labels')) },
    webhooks: [
      {
        name: 'vpa.k8s.io',
        admissionReviewVersions: ['v1'],
        clientConfig: flags.boolean('register-by-url', false)
          ? { url, caBundle }
          : { service: { namespace, name }, caBundle },
        failurePolicy: flags.boolean('webhook-failure-policy-fail', false) ? 'Fail' : 'Ignore',
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ignored }],
        },
        rules: [
          rule([''], ['v1'], ['pods'], ['CREATE']),
          rule(['autoscaling.k8s.io'], ['*'], ['verticalpodautoscalers'], ['CREATE', 'UPDATE']),
        ],
        sideEffects: 'None',
        timeoutSeconds: flags.number('webhook-timeout-seconds', 30),
      },
    ],
  } as KubeObject;
}

/** `key1:value1,key2:value2`. */
function labelsOf(text: string): { labels?: Readonly<Record<string, string>> } {
  const pairs = text.split(',').flatMap((pair) => {
    const [key = '', value] = pair.split(':', 2);
    return value === undefined || key.trim() === '' ? [] : [[key.trim(), value.trim()] as const];
  });
  return pairs.length > 0 ? { labels: Object.fromEntries(pairs) } : {};
}
