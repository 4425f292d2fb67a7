import type { Surroundings } from '../real/surroundings.js';
import type { FarServer } from '../workstation/far-server.js';
import type { Workstation } from '../workstation/workstation.js';

/** A simulated workstation before a cluster, with a folder for answers at the path that it has on the person's disk. */
export async function openStation(
  name: string,
  far: FarServer,
  { answers, thread }: { readonly answers: string; readonly thread: Surroundings['thread'] },
): Promise<Workstation> {
  const { openWorkstation } = await import('../workstation/open-workstation.js');
  const station = await openWorkstation({ name, far, ...(thread ? { thread } : {}) });
  const { user } = station;
  await station.run('root', ['bash', '-c', 'mkdir -p "$1" && chown "$2:$2" "$1"', 'bash', answers, user]);
  return station;
}
