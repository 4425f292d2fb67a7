import { join } from 'node:path';
import type { Place, RealCluster } from '../../clusters/real/real-cluster.js';
import type { LabInstance } from '../format/instance.js';
import { claimsOf } from './claims.js';

/** What of a shared cluster one task knows: its answers lie in a folder of their own. */
export function placeOfTask(place: Place, number: number): Place {
  return { ...place, answers: join(place.answers, String(number)) };
}

/**
 * A shared cluster as one of its tasks has it: shells begin in the task's folder, only what is the task's is waited for or
 * put back between checks, and letting go of it or putting all back is left to whoever has the whole.
 */
export function taskCluster(cluster: RealCluster, number: number, instance: LabInstance): RealCluster {
  const place = placeOfTask(cluster.place, number);
  const namespaces = [...claimsOf(instance).namespaces];
  const noteState = cluster.noteState?.bind(cluster);
  const own: Partial<RealCluster> = {
    place,
    shell: { ...cluster.shell, folder: place.answers },
    settle: (secondsMax) => cluster.settle(secondsMax, namespaces),
    ...(noteState ? { noteState: () => noteState(namespaces) } : {}),
    restore: async () => [],
    close: async () => {},
  };
  return new Proxy(cluster, {
    get(target, name) {
      const found: unknown = Reflect.get(name in own ? own : target, name);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
}
