import { shortModes } from '../../api/kinds/persistent-volume.js';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types/storage.js';
import { findMatchingVolume, hasAccessModes } from '../../api/volumes/matching.js';

/**
 * The volume for a claim among all (persistentVolumeOrderedIndex): those with the fewest access modes that still suit
 * are looked through first, and within them the smallest wins. A volume promised to the claim is only found where it
 * stands in that order.
 */
export function bestMatch(
  claim: PersistentVolumeClaim,
  volumes: Iterable<PersistentVolume>,
  delayed: boolean,
): PersistentVolume | undefined {
  const groups = new Map<string, PersistentVolume[]>();
  for (const volume of volumes) {
    if (!hasAccessModes(volume.spec.accessModes, claim.spec.accessModes)) continue;
    const modes = shortModes(volume.spec.accessModes);
    const group = groups.get(modes);
    if (group) group.push(volume);
    else groups.set(modes, [volume]);
  }
  const countOf = (modes: string): number => modes.split(',').length;
  const ordered = [...groups].sort(([a], [b]) => countOf(a) - countOf(b));
  for (const [, group] of ordered) {
    const found = findMatchingVolume(claim, group, { delayed });
    if (found) return found;
  }
  return undefined;
}
