import type { CriContainer } from '../../api/types/cri.js';
import type { Container, ContainerStatus, Pod, PodSpec, PodStatus } from '../../api/types/pod.js';
import { newestOf } from './newest.js';

type Rule = NonNullable<Container['restartPolicyRules']>[number];

/** What the runtime's lost container and the API's say when all containers of a pod start anew. */
export const RESTARTING_ALL = 'RestartingAllContainers';

/** Whether an init container is a sidecar: it starts in the order of the others and then keeps running. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/** The first of a container's rules that speaks of an exit code (podutil.FindMatchingContainerRestartRule). */
export function matchingRule({ restartPolicyRules = [] }: Container, exitCode: number): Rule | undefined {
  return restartPolicyRules.find(({ exitCodes }) => {
    const listed = exitCodes?.values?.includes(exitCode) ?? false;
    if (exitCodes?.operator === 'In') return listed;
    return exitCodes?.operator === 'NotIn' && !listed;
  });
}

/** Whether a container that ended with a code will be started again (podutil.ContainerShouldRestart). */
export function shouldRestart(container: Container, spec: PodSpec, exitCode: number): boolean {
  const { restartPolicy } = container;
  if (restartPolicy !== undefined && matchingRule(container, exitCode) !== undefined) return true;
  const policy = restartPolicy ?? spec.restartPolicy ?? 'Always';
  if (policy === 'OnFailure') return exitCode !== 0;
  return policy !== 'Never';
}

/** Whether the next sync is to start a container (kubecontainer.ShouldContainerBeRestarted). */
export function willStart(container: Container, pod: Pod, containers: readonly CriContainer[]): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  const newest = newestOf(containers, container.name);
  if (!newest) return true;
  if (newest.state === 'CONTAINER_RUNNING') return false;
  return newest.state !== 'CONTAINER_EXITED' || shouldRestart(container, pod.spec, newest.exitCode);
}

/** Whether some container of the pod may ask for all of them to start anew (podutil.AllContainersCouldRestart). */
export function mayRestartAll({ initContainers = [], containers }: PodSpec): boolean {
  return [...initContainers, ...containers].some(({ restartPolicyRules = [] }) =>
    restartPolicyRules.some(({ action }) => action === 'RestartAllContainers'),
  );
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
