import { deepEqual, type KubeObject, type OwnerReference } from '../../api/object.js';

/** Leaves each owner in once, and warns of those that came twice. */
export function dropDoubleOwners({ metadata }: KubeObject, warnings: Set<string>): void {
  const owners = metadata.ownerReferences ?? [];
  const kept: OwnerReference[] = [];
  const doubles: string[] = [];
  for (const owner of owners) {
    if (kept.some((other) => deepEqual(other, owner))) doubles.push(owner.uid);
    else kept.push(owner);
  }
  if (doubles.length === 0) return;
  metadata.ownerReferences = kept;
  const words = 'API server dedups owner references in 1.20+, and may reject such requests as early as 1.24';
  const seen = `duplicate UID(s) observed: ${doubles.join(', ')}`;
  warnings.add(`.metadata.ownerReferences contains duplicate entries; ${words}; please fix your requests; ${seen}`);
}
