import type { Container, Pod, PodSpec } from '../../api/types/pod.js';
import type { AdmissionRequest } from './admission.js';

/** The pod that a request makes, or changes where plug-ins ask for that too; none for subresources and other kinds. */
export function concernedPod(
  { kind, subresource, operation, object }: AdmissionRequest,
  operations: readonly AdmissionRequest['operation'][],
): Pod | undefined {
  if (kind.kind !== 'Pod' || kind.group !== '' || subresource !== '') return undefined;
  return operations.includes(operation) ? (object as Pod | undefined) : undefined;
}

/** All containers with where they stand, in the order the real server visits them. */
export function placedContainers(spec: PodSpec): { container: Container; path: string }[] {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((field) =>
    (spec[field] ?? []).map((container, index) => ({ container, path: `spec.${field}[${index}]` })),
  );
}
