import type { ContainerStatus, Pod, PodStatus } from '../../api/types/pod.js';
import { isSidecar } from './restart.js';

/** The last word on a pod: whatever is not known to have ended counts as killed (status manager TerminatePod). */
export function terminated(pod: Pod, status: PodStatus, isStatic: boolean): PodStatus {
  const { initContainerStatuses: inits = [], containerStatuses: mains = [], phase } = status;
  const isOver = phase === 'Succeeded' || phase === 'Failed' || isStatic;
  const begun = inits.findLastIndex(({ state, lastState }) => !state?.waiting || lastState?.terminated);
  // All but those at the end that show no sign of a start; of some at least the first.
  const counted = Math.max(begun + 1, 1);
  return {
    ...status,
    ...(isOver ? {} : { phase: 'Failed' }),
    ...(inits.length > 0
      ? { initContainerStatuses: inits.map((init, index) => (index < counted ? killed(init) : init)) }
      : {}),
    containerStatuses: wasInitialized(pod) ? mains.map(killed) : mains,
  };
}

function killed(status: ContainerStatus): ContainerStatus {
  if (status.state?.terminated) return status;
  const reason = 'ContainerStatusUnknown';
  const message = 'The container could not be located when the pod was terminated';
  return { ...status, state: { terminated: { exitCode: 137, reason, message, startedAt: null, finishedAt: null } } };
}

/** Whether main containers had their turn, by what the API knows (hasPodInitialized). */
function wasInitialized({ spec, status }: Pod): boolean {
  const last = spec.initContainers?.at(-1);
  if (!last) return true;
  const mains = status?.containerStatuses ?? [];
  if (mains.some(({ state, lastState }) => lastState?.terminated || !state?.waiting)) return true;
  const told = status?.initContainerStatuses?.find(({ name }) => name === last.name);
  if (!told) return false;
  if (isSidecar(last)) return told.state?.running !== undefined && told.started === true;
  return told.lastState?.terminated?.exitCode === 0 || told.state?.terminated?.exitCode === 0;
}
