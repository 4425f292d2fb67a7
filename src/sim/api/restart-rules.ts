/** When containers that ended are started again (pkg/api/v1/pod): the server's rules of statuses and kubelet's work agree on it. */
import type { Container, PodSpec } from './types/pod.js';

type Rule = NonNullable<Container['restartPolicyRules']>[number];

/** The first of a container's rules that speaks of an exit code (FindMatchingContainerRestartRule). */
export function matchingRule({ restartPolicyRules = [] }: Container, exitCode: number): Rule | undefined {
  return restartPolicyRules.find(({ exitCodes }) => {
    const listed = exitCodes?.values?.includes(exitCode) ?? false;
    if (exitCodes?.operator === 'In') return listed;
    return exitCodes?.operator === 'NotIn' && !listed;
  });
}

/** Whether a container that ended with a code will be started again (ContainerShouldRestart). */
export function shouldRestart(container: Container, spec: PodSpec, exitCode: number): boolean {
  const { restartPolicy } = container;
  if (restartPolicy !== undefined && matchingRule(container, exitCode) !== undefined) return true;
  const policy = restartPolicy ?? spec.restartPolicy ?? 'Always';
  if (policy === 'OnFailure') return exitCode !== 0;
  return policy !== 'Never';
}

/** Whether some container of the pod may ask for all of them to start anew (AllContainersCouldRestart). */
export function mayRestartAll({ initContainers = [], containers }: PodSpec): boolean {
  return [...initContainers, ...containers].some(({ restartPolicyRules = [] }) =>
    restartPolicyRules.some(({ action }) => action === 'RestartAllContainers'),
  );
}
