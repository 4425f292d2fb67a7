/** Rules the workload controllers share: selector, template and counts (apps/validation). */
import { type FieldError, forbidden, invalid, notSupported, required } from '../field-error.js';
import { givenField } from '../given-empties.js';
import { matchesSelector, type Selector, SelectorError, selectorFromObject } from '../labels.js';
import { dns1123Label } from '../names.js';
import type { KubeObject, LabelSelector } from '../object.js';
import type { PodTemplateSpec } from '../types/pod.js';
import { nonnegative, sortedMap, validateLabelSelector } from './meta.js';
import { validatePodTemplate } from './pod/pod-spec-rules.js';
import { podTemplateWarnings } from './pod/pod-warnings.js';

/** The selector of a Deployment or ReplicaSet, and whether it finds the pods of the template. */
export function validateSelectorAndTemplate(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!selector) errors.push(required('spec.selector'));
  else {
    errors.push(...validateLabelSelector(selector, 'spec.selector'));
    if (isEmptySelector(selector)) {
      errors.push(invalid('spec.selector', selector, 'empty selector is invalid for deployment'));
    }
  }
  const parsed = readSelector(selector);
  if (parsed === undefined) errors.push(invalid('spec.selector', selector, 'invalid label selector'));
  else {
    if (parsed === null || parsed.length > 0) errors.push(...validateMatch(parsed, template));
    errors.push(...validateRunningTemplate(template, 'ReplicaSet'));
  }
  return errors;
}

/** Nothing was asked for. */
export function isEmptySelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length + matchExpressions.length === 0;
}

/** The selector, or undefined when it cannot be read. */
export function readSelector(selector: LabelSelector | undefined): Selector | undefined {
  try {
    return selectorFromObject(selector);
  } catch (error) {
    if (error instanceof SelectorError) return undefined;
    throw error;
  }
}

/** The template's labels must be found by the selector. */
export function validateMatch(selector: Selector, template: PodTemplateSpec): FieldError[] {
  const { metadata = {} } = template;
  if (matchesSelector(selector, metadata.labels)) return [];
  const labels = givenField(metadata, 'labels') as Record<string, string> | undefined;
  const shown = labels ? sortedMap(labels) : null;
  return [invalid('spec.template.metadata.labels', shown, '`selector` does not match template `labels`')];
}

/** A template of pods that run for ever; one that was checked before, or is checked elsewhere, is not again. */
export function validateRunningTemplate(template: PodTemplateSpec, owner: string, deeply = true): FieldError[] {
  const errors = deeply ? validatePodTemplate(template, 'spec.template') : [];
  const { restartPolicy, activeDeadlineSeconds } = template.spec;
  if (restartPolicy !== 'Always') {
    errors.push(notSupported('spec.template.spec.restartPolicy', restartPolicy ?? '', ['Always']));
  }
  if (activeDeadlineSeconds !== undefined) {
    const words = `activeDeadlineSeconds in ${owner} is not Supported`;
    errors.push(forbidden('spec.template.spec.activeDeadlineSeconds', words));
  }
  return errors;
}

/** What makers of a workload are told: of its name when it is new, of its template when that may have changed. */
export function workloadWarnings(
  object: KubeObject,
  old: KubeObject | undefined,
  template: PodTemplateSpec | undefined,
  path = 'spec.template',
): string[] {
  const changed = !old || old.metadata.generation !== object.metadata.generation;
  return [
    ...(old ? [] : podNameWarnings(object.metadata.name ?? '')),
    ...(changed && template ? podTemplateWarnings(path, template) : []),
  ];
}

/** What is said of a name that pods get and that hosts cannot have. */
function podNameWarnings(name: string): string[] {
  const wrong = dns1123Label(name);
  if (wrong.length === 0) return [];
  const words =
    'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended';
  return [`${words}: [${wrong.join(' ')}]`];
}

/** Counts in a status: none below zero. */
export function validateCounts(status: object | undefined, fields: readonly string[]): FieldError[] {
  const counts = (status ?? {}) as Readonly<Record<string, number | undefined>>;
  return fields.flatMap((field) => nonnegative(`status.${field}`, counts[field]));
}

/** Counts of replicas that cannot be more than there are; the ready ones are called `ready` in messages. */
export function validateReplicaCounts(
  status: object | undefined,
  fields: readonly string[],
  ready = 'readyReplicas',
): FieldError[] {
  const counts = (status ?? {}) as Readonly<Record<string, number | undefined>>;
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = counts;
  const errors = fields.flatMap((field) => {
    const count = counts[field] ?? 0;
    return count > replicas ? [invalid(`status.${field}`, count, 'cannot be greater than status.replicas')] : [];
  });
  if (availableReplicas > readyReplicas) {
    errors.push(invalid('status.availableReplicas', availableReplicas, `cannot be greater than ${ready}`));
  }
  return errors;
}

/** The count of name collisions only goes up. */
export function validateCollisions(count: number | undefined, old: number | undefined): FieldError[] {
  if (old === undefined || (count !== undefined && count >= old)) return [];
  return [invalid('status.collisionCount', count ?? 0, 'cannot be decremented')];
}

/** Names and images of a template's containers, as wide tables show them. */
export function containerCells(template: PodTemplateSpec | undefined): [names: string, images: string] {
  const containers = template?.spec?.containers ?? [];
  return [containers.map(({ name }) => name).join(','), containers.map(({ image = '' }) => image).join(',')];
}
