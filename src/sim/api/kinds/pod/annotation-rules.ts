/** Rules of annotations that mean something to pods (core/validation ValidatePodSpecificAnnotations). */
import { type FieldError, forbidden, invalid } from '../../field-error.js';
import type { Pod, PodSpec } from '../../types/pod.js';
import { validateAppArmorUpdate, validateProfileAnnotations } from './profile-annotations.js';

const MIRROR = 'kubernetes.io/config.mirror';
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';

/** What the annotations of a pod or a template may say; `path` is their place in the object. */
export function validatePodAnnotations(
  path: string,
  annotations: Readonly<Record<string, string>> = {},
  spec: PodSpec,
): FieldError[] {
  const errors: FieldError[] = [];
  if (annotations[MIRROR] !== undefined && !spec.nodeName) {
    const words = 'must set spec.nodeName if mirror pod annotation is set';
    errors.push(invalid(`${path}[${MIRROR}]`, annotations[MIRROR], words));
  }
  const cost = annotations[DELETION_COST];
  if (cost !== undefined && (!/^-?(0|[1-9]\d*)$/.test(cost) || Math.abs(Number(cost)) > 2 ** 31 - 1)) {
    errors.push(invalid(`${path}[${DELETION_COST}]`, cost, 'must be a 32bit integer'));
  }
  return [...errors, ...validateProfileAnnotations(path, annotations, spec)];
}

/** Annotations that stay with a pod as they were made, and what they may say. */
export function validatePodAnnotationUpdate(pod: Pod, old: Pod): FieldError[] {
  const errors: FieldError[] = [];
  const { annotations = {} } = pod.metadata;
  const { annotations: before = {} } = old.metadata;
  if (annotations[MIRROR] !== before[MIRROR]) {
    const words =
      before[MIRROR] === undefined
        ? 'may not add mirror pod annotation'
        : 'may not remove or update mirror pod annotation';
    errors.push(forbidden(`metadata.annotations[${MIRROR}]`, words));
  }
  return [
    ...errors,
    ...validateAppArmorUpdate(annotations, before),
    ...validatePodAnnotations('metadata.annotations', annotations, pod.spec),
  ];
}
