import { expandReferences } from '../../api/expansion.js';
import type { CriContainerConfig, CriImage, CriMount, CriResources } from '../../api/types/cri.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { lastWordsAnnotations } from './last-words.js';
import { securityConfig } from './security-context.js';

/** What a container's configuration is made from beside its spec. */
export interface ConfigInputs {
  readonly attempt: number;
  readonly image: CriImage;
  readonly environment: readonly (readonly [string, string])[];
  readonly mounts: readonly CriMount[];
  /** Whether containers that ask for no profile get the runtime's (kubelet --seccomp-default). */
  readonly seccompDefault: boolean;
  readonly resources: CriResources;
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
    ...securityConfig(pod, container, inputs.image, inputs.seccompDefault),
    targetId: inputs.target,
    resources: inputs.resources,
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
