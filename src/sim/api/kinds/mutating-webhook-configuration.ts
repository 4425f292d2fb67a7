/** admissionregistration.k8s.io/v1 MutatingWebhookConfiguration. */
import { ageOf } from '../duration.js';
import { semanticEqual } from '../object.js';
import type { WebhookConfiguration } from '../types/admission.js';
import { staticNameWarnings } from './admission/static-names.js';
import { defaultWebhooks, validateWebhooks } from './admission/webhook-rules.js';
import { type ApiKind, column, countGeneration, defineKind } from './kind.js';

const ABOUT = 'Webhooks indicates the number of webhooks registered in this configuration';

/** The strategy of configurations of webhooks that change objects. */
export const mutatingWebhookConfigurationKind: ApiKind = defineKind({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingWebhookConfiguration',
  plural: 'mutatingwebhookconfigurations',
  namespaced: false,
  categories: ['api-extensions'],
  unconditionalUpdate: false,
  applyDefaults: (object) => defaultWebhooks(object as WebhookConfiguration, true),
  prepareCreate: ({ metadata }) => {
    metadata.generation = 1;
  },
  prepareUpdate: (object, old) => countGeneration(object, old, !semanticEqual(object['webhooks'], old['webhooks'])),
  validateCreate: (object) => validateWebhooks(object as WebhookConfiguration),
  validateUpdate: (object, old) => validateWebhooks(object as WebhookConfiguration, old as WebhookConfiguration),
  warnings: staticNameWarnings,
  printer: {
    columns: [column('Name'), column('Webhooks', 'integer', 0, ABOUT), column('Age')],
    rows: (object, now) => {
      const { metadata, webhooks = [] } = object as WebhookConfiguration;
      return [{ cells: [metadata.name, webhooks.length, ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});
