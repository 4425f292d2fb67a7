import type { Outcomes } from './outcome.js';

/** What policies and webhooks can be given, and what becomes of requests then; alphabetically. */
export const POLICIES: Readonly<Record<string, Outcomes>> = {
  'a policy that changes, by application': {
    changed: ['admission', 'm-label: a config map', '"labels":{"seen":"yes"}'],
    refused: ['admission', 'm-wrong-field: a config map', 'm-wrong-field'],
  },
  'a policy that changes, by a patch': {
    changed: ['admission', 'm-label-patch: a config map', '"seen":"yes"'],
    refused: ['admission', 'm-patch-nowhere: a config map', 'm-patch-nowhere'],
  },
  'a policy that changes, on conditions': {
    allowed: ['admission', 'm-conditions: a config map', '"kind":"ConfigMap"'],
    changed: ['admission', 'm-conditions: a config map with labels', '"seen":"yes"'],
  },
  'a policy that fails': {
    allowed: ['admission', 'v-fails-ignored: a config map', '"kind":"ConfigMap"'],
    refused: ['admission', 'v-fails: a config map', 'resulted in error'],
    warned: ['admission', 'v-fails-warns: a config map', 'resulted in error'],
  },
  'a policy that judges': {
    allowed: ['admission', 'v-plain: a config map with labels', '"kind":"ConfigMap"'],
    refused: ['admission', 'v-plain: a config map', "ValidatingAdmissionPolicy 'v-plain'"],
    warned: ['admission', 'v-warn: a config map', "ValidatingAdmissionPolicy 'v-warn'"],
    audited: ['played', 'ValidatingAdmissionPolicy: a config map', 'validation_failure'],
  },
  'a policy with a parameter': {
    allowed: ['admission', 'v-params-name: a config map with labels', '"kind":"ConfigMap"'],
    refused: ['admission', 'v-params-name: a config map', 'at most 2 by limit-one'],
  },
  'a policy without its parameter': {
    allowed: ['admission', 'v-params-missing-allowed: a config map', '"kind":"ConfigMap"'],
    refused: ['admission', 'v-params-missing: a config map', 'failed to configure binding: no params found'],
  },
  'a webhook that is dead': {
    allowed: ['admission', 'j-nobody-ignored: a config map', '"kind":"ConfigMap"'],
    refused: ['admission', 'c-nobody: a config map', 'connect: connection refused'],
  },
  'a webhook that is slow': {
    allowed: ['admission', 'j-slow-ignored: a pod', '"kind":"Pod"'],
    refused: ['admission', 'j-slow: a pod', 'context deadline exceeded'],
  },
  'two webhooks that change, one after the other': {
    changed: ['admission', 'c-two: a config map', '"labels":{"first":"yes"},"annotations":{"second":"yes"}'],
  },
  'two webhooks that change, the first once more': {
    allowed: ['admission', 'c-never-again: a config map', '"labels":{"second":"yes"}}'],
    changed: ['admission', 'c-again: a config map', '"again":"yes"'],
  },
};
