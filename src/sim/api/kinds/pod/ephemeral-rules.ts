/** The subresource through which ephemeral containers get into a pod (core/validation ValidatePodEphemeralContainersUpdate). */
import { type FieldError, forbidden } from '../../field-error.js';
import { goQuote } from '../../go-text.js';
import { internalForm } from '../../internal-form.js';
import type { ObjectMeta } from '../../object.js';
import { semanticEqual } from '../../object.js';
import type { Container, Pod } from '../../types/pod.js';
import { unifiedDiff } from './unified-diff.js';

const MIRROR = 'kubernetes.io/config.mirror';
/** Metadata that no subresource changes (ResetObjectMetaForStatus). */
const KEPT = [
  ...(['deletionTimestamp', 'generation', 'selfLink', 'labels', 'annotations', 'finalizers'] as const),
  'ownerReferences' as const,
];

/** Drops every change but that of the ephemeral containers. */
export function keepAllButEphemeral(pod: Pod, old: Pod): void {
  const { ephemeralContainers } = pod.spec;
  const { ephemeralContainers: _, ...spec } = old.spec;
  pod.spec = ephemeralContainers ? { ...spec, ephemeralContainers } : spec;
  keepMetadataAndStatus(pod, old);
}

/** What a subresource that is about the spec leaves as it is. */
export function keepMetadataAndStatus(pod: Pod, old: Pod): void {
  if (old.status) pod.status = old.status;
  else delete pod.status;
  for (const field of KEPT) keep(pod.metadata, old.metadata, field);
}

function keep<Field extends keyof ObjectMeta>(metadata: ObjectMeta, old: ObjectMeta, field: Field): void {
  if (old[field] === undefined) delete metadata[field];
  else metadata[field] = old[field];
}

/** What may be done to the ephemeral containers of a pod: more may come, none may go or change. */
export function validateEphemeralUpdate(pod: Pod, old: Pod, others: () => FieldError[]): FieldError[] {
  if (old.metadata.annotations?.[MIRROR] !== undefined) {
    return [forbidden('[]', 'static pods do not support ephemeral containers')];
  }
  const now = pod.spec.ephemeralContainers ?? [];
  const changes = (old.spec.ephemeralContainers ?? []).flatMap((before) => {
    // Of several with one name the last one counts.
    const after = now.findLast(({ name }) => name === before.name);
    return validateChange(before, after);
  });
  return [...others(), ...changes];
}

function validateChange(before: Container, after: Container | undefined): FieldError[] {
  const path = 'spec.ephemeralContainers';
  const which = `existing ephemeral containers ${goQuote(before.name)}`;
  if (!after) return [forbidden(path, `${which} may not be removed\n`)];
  if (semanticEqual(before, after)) return [];
  return [forbidden(path, `${which} may not be changed\n${unifiedDiff(printed(before), printed(after))}`)];
}

function printed(container: Container): string {
  return JSON.stringify(internalForm('core.v1.EphemeralContainer', container), null, 1);
}
