import type { Pod } from '../../api/types/pod.js';

/** Who has the volume that a pod waits for; names of other namespaces are not told (reportMultiAttachError). */
export function multiAttachWords(pod: Pod, users: readonly Pod[]): string {
  if (users.length === 0) return "Volume is already exclusively attached to one node and can't be attached to another";
  const near = users.filter(({ metadata }) => metadata.namespace === pod.metadata.namespace);
  const far = users.length - near.length;
  const others = `${far} pod(s) in different namespaces`;
  if (near.length === 0) return `Volume is already used by ${others}`;
  const names = near.map(({ metadata }) => metadata.name).join(', ');
  return `Volume is already used by pod(s) ${names}${far > 0 ? ` and ${others}` : ''}`;
}
