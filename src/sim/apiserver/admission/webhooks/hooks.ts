import type { KubeObject } from '../../../api/object.js';
import type { Webhook, WebhookConfiguration } from '../../../api/types/admission.js';
import { type CompiledConditions, compileConditions } from '../matching/conditions.js';
import { readSelectors, type Selectors } from '../matching/selectors.js';
import { StoredList } from '../matching/stored-list.js';

/** One webhook of a configuration, ready to be matched with requests. */
export interface Hook {
  readonly configuration: string;
  readonly webhook: Webhook;
  /** Tells webhooks of one name apart, as reinvocation counts them. */
  readonly uid: string;
  readonly selectors: Selectors;
  /** Compiled when they are first asked for. */
  readonly conditions: () => CompiledConditions;
}

/** Webhooks that may change objects, configurations by name. */
export const MUTATING_HOOKS = new StoredList(['/registry/mutatingwebhookconfigurations/'], readHooks);

/** Webhooks that judge objects. */
export const VALIDATING_HOOKS = new StoredList(
  [
    '/registry/admissionregistration.k8s.io/validatingwebhookconfigurations/',
    '/registry/validatingwebhookconfigurations/',
  ],
  readHooks,
);

function readHooks(...lists: KubeObject[][]): readonly Hook[] {
  return lists.flat().flatMap((configuration) => {
    const { webhooks = [], metadata } = configuration as WebhookConfiguration;
    const seen = new Map<string, number>();
    return webhooks.map((webhook): Hook => {
      const count = seen.get(webhook.name) ?? 0;
      seen.set(webhook.name, count + 1);
      let compiled: CompiledConditions | undefined;
      return {
        configuration: metadata.name ?? '',
        webhook,
        uid: `${metadata.name}/${webhook.name}/${count}`,
        selectors: readSelectors(webhook),
        conditions: () => {
          compiled ??= compileConditions(webhook.matchConditions ?? []);
          return compiled;
        },
      };
    });
  });
}
