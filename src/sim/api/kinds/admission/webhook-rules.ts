/** Configurations of webhooks (admissionregistration/validation). */
import { duplicate, type FieldError, invalid, required } from '../../field-error.js';
import { dns1035Label, dns1123Subdomain } from '../../names.js';
import { deepEqual } from '../../object.js';
import type { Webhook, WebhookConfiguration } from '../../types/admission.js';
import { oneOf, validateLabelSelector, validateMeta } from '../meta.js';
import { validateClientConfig } from './client-config-rules.js';
import {
  defaultRule,
  FAILURE_POLICIES,
  MATCH_POLICIES,
  REINVOCATION_POLICIES,
  validateMatchConditions,
  validateRule,
} from './match-rules.js';

const REVIEW_VERSIONS = ['v1', 'v1beta1'];
const NO_SIDE_EFFECTS = ['None', 'NoneOnDryRun'];
const SIDE_EFFECTS = ['None', 'NoneOnDryRun', 'Some', 'Unknown'];
const TIMEOUT_SECONDS = { usual: 10, max: 30 };
const PORT = 443;

/** What older versions let in, and an update may therefore keep. */
interface Tolerated {
  readonly sideEffects: boolean;
  readonly reviewVersions: boolean;
  readonly names: boolean;
  readonly conditions: boolean;
}

/** What webhooks are defaulted to; those that change objects have a policy more. */
export function defaultWebhooks({ webhooks = [] }: WebhookConfiguration, mutating: boolean): void {
  for (const hook of webhooks) {
    hook.failurePolicy ??= 'Fail';
    hook.matchPolicy ??= 'Equivalent';
    hook.namespaceSelector ??= {};
    hook.objectSelector ??= {};
    hook.timeoutSeconds ??= TIMEOUT_SECONDS.usual;
    if (mutating) hook.reinvocationPolicy ??= 'Never';
    if (hook.clientConfig.service) hook.clientConfig.service.port ??= PORT;
    (hook.rules ?? []).forEach(defaultRule);
  }
}

/** All of a configuration; of a changed one with its `old` form, whose faults are let pass. */
export function validateWebhooks(configuration: WebhookConfiguration, old?: WebhookConfiguration): FieldError[] {
  const errors = validateMeta(configuration, false);
  const hooks = configuration.webhooks ?? [];
  const tolerated = toleratedOf(hooks, old);
  const names = new Set<string>();
  hooks.forEach((hook, index) => {
    const path = `webhooks[${index}]`;
    errors.push(...validateWebhook(path, hook, tolerated));
    errors.push(...validateReviewVersions(`${path}.admissionReviewVersions`, hook, tolerated));
    if (hook.name !== '' && !tolerated.names && names.has(hook.name)) {
      errors.push(duplicate(`${path}.name`, hook.name));
    }
    names.add(hook.name);
  });
  return errors;
}

function toleratedOf(hooks: readonly Webhook[], old: WebhookConfiguration | undefined): Tolerated {
  const before = old?.webhooks ?? [];
  const isReviewed = ({ admissionReviewVersions: versions }: Webhook) =>
    !versions?.length || versions.some((version) => REVIEW_VERSIONS.includes(version));
  return {
    sideEffects: before.some(({ sideEffects }) => !sideEffects || !NO_SIDE_EFFECTS.includes(sideEffects)),
    reviewVersions: !before.every(isReviewed),
    names: new Set(before.map(({ name }) => name)).size < before.length,
    conditions:
      old !== undefined &&
      deepEqual(
        hooks.map(({ matchConditions }) => matchConditions ?? null),
        before.map(({ matchConditions }) => matchConditions ?? null),
      ),
  };
}

function validateWebhook(path: string, hook: Webhook, tolerated: Tolerated): FieldError[] {
  const errors = validateFullName(`${path}.name`, hook.name);
  (hook.rules ?? []).forEach((rule, index) => {
    errors.push(...validateRule(`${path}.rules[${index}]`, rule));
  });
  errors.push(...oneOf(`${path}.failurePolicy`, hook.failurePolicy, FAILURE_POLICIES));
  errors.push(...oneOf(`${path}.matchPolicy`, hook.matchPolicy, MATCH_POLICIES));
  const sideEffects = tolerated.sideEffects ? SIDE_EFFECTS : NO_SIDE_EFFECTS;
  if (hook.sideEffects === undefined || hook.sideEffects === null) {
    errors.push(required(`${path}.sideEffects`, `must specify one of ${sideEffects.join(', ')}`));
  } else errors.push(...oneOf(`${path}.sideEffects`, hook.sideEffects, sideEffects));
  const seconds = hook.timeoutSeconds;
  if (seconds !== undefined && (seconds < 1 || seconds > TIMEOUT_SECONDS.max)) {
    const words = `the timeout value must be between 1 and ${TIMEOUT_SECONDS.max} seconds`;
    errors.push(invalid(`${path}.timeoutSeconds`, seconds, words));
  }
  errors.push(...validateLabelSelector(hook.namespaceSelector, `${path}.namespaceSelector`));
  errors.push(...validateLabelSelector(hook.objectSelector, `${path}.objectSelector`));
  errors.push(...oneOf(`${path}.reinvocationPolicy`, hook.reinvocationPolicy, REINVOCATION_POLICIES));
  errors.push(...validateClientConfig(`${path}.clientConfig`, hook.clientConfig));
  if (tolerated.conditions) return errors;
  return [...errors, ...validateMatchConditions(`${path}.matchConditions`, hook.matchConditions)];
}

/** A domain of at least three segments (IsFullyQualifiedName). */
function validateFullName(path: string, name: string): FieldError[] {
  if (name === '') return [required(path)];
  const wrong = dns1123Subdomain(name);
  if (wrong.length > 0) return [invalid(path, name, wrong.join(','))];
  const words = 'should be a domain with at least three segments separated by dots';
  return name.split('.').length < 3 ? [invalid(path, name, words)] : [];
}

function validateReviewVersions(path: string, hook: Webhook, tolerated: Tolerated): FieldError[] {
  const versions = hook.admissionReviewVersions ?? [];
  if (versions.length === 0) return [required(path, `must specify one of ${REVIEW_VERSIONS.join(', ')}`)];
  const errors = versions.flatMap((version, index) => {
    const at = `${path}[${index}]`;
    if (versions.indexOf(version) < index) return [invalid(at, version, 'duplicate version')];
    return dns1035Label(version).map((words) => invalid(at, version, words));
  });
  if (!tolerated.reviewVersions && !versions.some((version) => REVIEW_VERSIONS.includes(version))) {
    errors.push(invalid(path, versions, `must include at least one of ${REVIEW_VERSIONS.join(', ')}`));
  }
  return errors;
}
