import { matchingRule, mayRestartAll, shouldRestart } from '../../api/restart-rules.js';
import type { CriContainer } from '../../api/types/cri.js';
import type { Container, ContainerStatus, Pod, PodStatus } from '../../api/types/pod.js';
import { newestOf } from './newest.js';

/** What the runtime's lost container and the API's say when all containers of a pod start anew. */
export const RESTARTING_ALL = 'RestartingAllContainers';

/** Whether an init container is a sidecar: it starts in the order of the others and then keeps running. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/** Whether the next sync is to start a container (kubecontainer.ShouldContainerBeRestarted). */
export function willStart(container: Container, pod: Pod, containers: readonly CriContainer[]): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  const newest = newestOf(containers, container.name);
  if (!newest) return true;
  if (newest.state === 'CONTAINER_RUNNING') return false;
  return newest.state !== 'CONTAINER_EXITED' || shouldRestart(container, pod.spec, newest.exitCode);
}

/** Whether a rule told that all containers start anew, and they have not all gone yet (ShouldAllContainersRestart). */
export function restartsAll(pod: Pod, containers: readonly CriContainer[], status: PodStatus): boolean {
  if (!mayRestartAll(pod.spec)) return false;
  if (status.conditions?.some(({ type, status: word }) => type === 'AllContainersRestarting' && word === 'True'))
    return true;
  const told = new Map<string, ContainerStatus>();
  for (const each of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])])
    told.set(each.name, each);
  return [...(pod.spec.initContainers ?? []), ...pod.spec.containers].some((container) => {
    const newest = newestOf(containers, container.name);
    if (newest?.state !== 'CONTAINER_EXITED') return false;
    const codes = [newest.exitCode, told.get(container.name)?.state?.terminated?.exitCode];
    return codes.some((code) => code !== undefined && asksForAll(container, code));
  });
}

/** Whether a container that ended with a code asks for all containers to start anew. */
export function asksForAll(container: Container, exitCode: number): boolean {
  return matchingRule(container, exitCode)?.action === 'RestartAllContainers';
}
