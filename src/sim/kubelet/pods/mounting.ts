import type { Pod } from '../../api/types/pod.js';
import { MILLISECOND, type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { podText } from '../context.js';
import { podDirectory } from './container-config.js';
import { makeFolders } from './host-files.js';
import type { WorkerState } from './worker-state.js';

const RETRY_FIRST: Micros = 500 * MILLISECOND;
const RETRY_MAX: Micros = 122 * SECOND;
/** So long a sync waits for volumes to be attached (podAttachAndMountTimeout); the next one goes on with that, and tells nobody. */
const ATTACH_PATIENCE: Micros = 123 * SECOND;

/** Makes a pod's folders and volumes. Returns when to try again what failed. */
export function* mountVolumes(context: KubeletContext, pod: Pod, state: WorkerState): Waiting<Micros | undefined> {
  makeFolders(context, podDirectory(pod));
  for (const folder of ['volumes', 'plugins', 'containers']) makeFolders(context, `${podDirectory(pod)}/${folder}`);
  try {
    yield* context.volumes.setUp(pod);
    state.mountFailures = 0;
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const failures = failuresOf(error);
    // Only waited for: the pod is looked at again when they are attached.
    if (failures.length === 0) return context.sys.now() + ATTACH_PATIENCE;
    for (const message of failures) context.recorder.event(pod, 'Warning', 'FailedMount', message);
    context.log.error('nestedpendingoperations.go:358', error.message, 'Operation for volume failed', {
      pod: podText(pod),
    });
    state.mountFailures += 1;
    return context.sys.now() + Math.min(RETRY_FIRST * 2 ** (state.mountFailures - 1), RETRY_MAX);
  }
}

/** The volumes that failed, each by itself. */
function failuresOf(error: Error): readonly string[] {
  const { failures } = error as { failures?: readonly string[] };
  return failures ?? [error.message];
}
