import { parseQuantity, quantityValue } from '../../api/quantity.js';
import type { CriContainerConfig, CriImage, CriMount } from '../../api/types/cri.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { ContainerConfigError } from './environment.js';
import { expandReferences } from './expand.js';
import { lastWordsAnnotations } from './last-words.js';

/** What a container's configuration is made from beside its spec. */
export interface ConfigInputs {
  readonly attempt: number;
  readonly image: CriImage;
  readonly environment: readonly (readonly [string, string])[];
  readonly mounts: readonly CriMount[];
  /** Id of the container whose processes it joins. */
  readonly target?: string | undefined;
}

/** Where all that kubelet keeps of a pod lies. */
export function podDirectory(pod: Pod): string {
  return `/var/lib/kubelet/pods/${pod.metadata.uid}`;
}

/** Where the logs of a pod's containers lie. */
export function logDirectory({ metadata }: Pod): string {
  return `/var/log/pods/${metadata.namespace}_${metadata.name}_${metadata.uid}`;
}

/** What the runtime is told about a container. Throws `ContainerConfigError`. */
export function containerConfig(pod: Pod, container: Container, inputs: ConfigInputs): CriContainerConfig {
  const variables = new Map(inputs.environment);
  const expand = (text: string) => expandReferences(text, (name) => variables.get(name));
  const security = { ...pod.spec.securityContext, ...container.securityContext };
  verifyNonRoot(pod, container, inputs.image);
  const memory = container.resources?.limits?.['memory'];
  const groups = [...(pod.spec.securityContext?.supplementalGroups ?? [])];
  const fsGroup = pod.spec.securityContext?.fsGroup;
  if (fsGroup !== undefined) groups.push(fsGroup);
  return {
    name: container.name,
    attempt: inputs.attempt,
    image: container.image ?? '',
    imageRef: inputs.image.id,
    command: (container.command ?? []).map(expand),
    args: (container.args ?? []).map(expand),
    workingDirectory: container.workingDir ?? '',
    environment: inputs.environment,
    mounts: inputs.mounts,
    labels: {
      'io.kubernetes.container.name': container.name,
      'io.kubernetes.pod.name': pod.metadata.name ?? '',
      'io.kubernetes.pod.namespace': pod.metadata.namespace ?? '',
      'io.kubernetes.pod.uid': pod.metadata.uid ?? '',
    },
    annotations: {
      'io.kubernetes.container.hash': containerHash(container),
      'io.kubernetes.container.restartCount': String(inputs.attempt),
      ...lastWordsAnnotations(container),
      ...(container.ports?.length ? { 'io.kubernetes.container.ports': JSON.stringify(container.ports) } : {}),
    },
    logPath: `${container.name}/${inputs.attempt}.log`,
    stdin: container.stdin ?? false,
    stdinOnce: container.stdinOnce ?? false,
    tty: container.tty ?? false,
    user: security.runAsUser,
    group: security.runAsGroup,
    supplementalGroups: groups,
    readOnlyRoot: container.securityContext?.readOnlyRootFilesystem ?? false,
    privileged: container.securityContext?.privileged ?? false,
    targetId: inputs.target,
    memoryLimitBytes: memory === undefined ? undefined : quantityValue(parseQuantity(String(memory))),
    stopSignal: container.lifecycle?.stopSignal,
  };
}

/** Tells a changed container from the one that runs: kubelet restarts it when its name or image is another. */
export function containerHash({ name, image }: Container): string {
  let hash = 2166136261;
  const text = `${name} ${image}`;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/** kubelet verifyRunAsNonRoot. */
function verifyNonRoot(pod: Pod, container: Container, image: CriImage): void {
  const nonRoot = container.securityContext?.runAsNonRoot ?? pod.spec.securityContext?.runAsNonRoot;
  if (!nonRoot) return;
  const user = container.securityContext?.runAsUser ?? pod.spec.securityContext?.runAsUser;
  const where = `(pod: "${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})", container: ${container.name})`;
  if (user !== undefined) {
    if (user === 0) throw new ContainerConfigError(`container's runAsUser breaks non-root policy ${where}`);
    return;
  }
  if (image.uid === 0 || (image.uid === undefined && image.username === ''))
    throw new ContainerConfigError(`container has runAsNonRoot and image will run as root ${where}`);
  if (image.uid === undefined) {
    throw new ContainerConfigError(
      `container has runAsNonRoot and image has non-numeric user (${image.username}), cannot verify user is non-root ${where}`,
    );
  }
}
