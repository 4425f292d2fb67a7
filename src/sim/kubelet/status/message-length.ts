import type { ContainerStatus, Pod, PodStatus } from '../../api/types/pod.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';

/** What the last words of all containers of a pod may be together (MaxPodTerminationMessageLogLength). */
const POD_BYTES_MAX = 12 * 1024;

/** A status in which each container's last words have their share of what a pod may say (status manager normalizeStatus). */
export function withinMessageLength({ spec }: Pod, status: PodStatus): PodStatus {
  const { containers, initContainers = [], ephemeralContainers = [] } = spec;
  const share = Math.floor(POD_BYTES_MAX / (containers.length + initContainers.length + ephemeralContainers.length));
  const cut = ({ state, lastState, ...rest }: ContainerStatus): ContainerStatus => ({
    ...rest,
    ...(state === undefined ? {} : { state: shortened(state, share) }),
    ...(lastState === undefined ? {} : { lastState: shortened(lastState, share) }),
  });
  const { initContainerStatuses: inits, containerStatuses: mains, ephemeralContainerStatuses: guests } = status;
  if (![inits, mains, guests].some((list) => list?.some((each) => isLong(each, share)))) return status;
  return {
    ...status,
    ...(inits ? { initContainerStatuses: inits.map(cut) } : {}),
    ...(mains ? { containerStatuses: mains.map(cut) } : {}),
    ...(guests ? { ephemeralContainerStatuses: guests.map(cut) } : {}),
  };
}

type State = NonNullable<ContainerStatus['state']>;

function isLong({ state, lastState }: ContainerStatus, share: number): boolean {
  return [state, lastState].some((each) => encodeText(each?.terminated?.message ?? '').length > share);
}

function shortened(state: State, share: number): State {
  const { terminated } = state;
  if (terminated?.message === undefined) return state;
  const bytes = encodeText(terminated.message);
  if (bytes.length <= share) return state;
  return { ...state, terminated: { ...terminated, message: decodeText(bytes.subarray(0, share)) } };
}
