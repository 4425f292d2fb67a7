import { goQuote } from '../../api/go-text.js';
import { parseQuantity, quantityValue } from '../../api/quantity.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { containerReference } from '../context.js';
import { containerResources } from '../resources/linux-resources.js';
import { attemptsOf } from '../status/newest.js';
import { containerConfig, logDirectory } from './container-config.js';
import { containerMounts, imageVolumes, volumeFile } from './container-mounts.js';
import { ContainerConfigError, containerEnvironment } from './environment.js';
import { runHook } from './hooks.js';
import { makeFolders } from './host-files.js';
import { ImageError, type ImagePuller } from './image-pull.js';
import { killContainer } from './kill.js';
import type { WaitingReason, WorkerState } from './worker-state.js';

/** What starting containers needs beside the context. */
export interface StartParts {
  readonly context: KubeletContext;
  readonly puller: ImagePuller;
  /** Variables for the services a pod's containers may use. Throws `ContainerConfigError` while they are not known. */
  services(pod: Pod): ReadonlyMap<string, string>;
}

/** Pulls, creates and starts a container and runs its postStart hook. Returns why it does not run, or nothing. */
export function* startContainer(
  parts: StartParts,
  pod: Pod,
  container: Container,
  state: WorkerState,
): Waiting<WaitingReason | undefined> {
  const { context } = parts;
  const say = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    context.recorder.event(containerReference(pod, container), type, reason, message);
  let step = 'CreateContainerConfigError';
  try {
    const image = yield* parts.puller.ensure(pod, container);
    const images = yield* imageVolumes(parts.puller, pod, container);
    const attempt = (attemptsOf(state.containers, container.name)[0]?.config.attempt ?? -1) + 1;
    const podIPs = pod.spec.hostNetwork ? context.nodeAddresses : state.podIPs;
    const [podIP = ''] = podIPs;
    const environment = yield* containerEnvironment(pod, container, {
      configMap: (namespace, name) => context.objects.configMap(namespace, name),
      secret: (namespace, name) => context.objects.secret(namespace, name),
      services: parts.services(pod),
      podIPs,
      hostIPs: context.nodeAddresses,
      allocatable: context.allocatable(),
      file: (volume, path) => volumeFile(context, pod, volume, path),
    });
    const variables = new Map(environment);
    const mounts = containerMounts(context, pod, container, podIPs, variables, images);
    const target = targetOf(container, state);
    const memory = quantityValue(parseQuantity(context.capacity()['memory'] ?? '0'));
    const resources = containerResources(pod, container, context.config, memory);
    const { seccompDefault } = context.config;
    const config = containerConfig(pod, container, {
      attempt,
      image,
      environment,
      mounts,
      target,
      resources,
      seccompDefault,
    });
    step = 'CreateContainerError';
    const podSandboxId = state.sandbox?.id ?? '';
    const { containerId } = yield* context.cri.call('CreateContainer', { podSandboxId, config });
    say('Normal', 'Created', 'Container created');
    step = 'RunContainerError';
    yield* context.cri.call('StartContainer', { containerId });
    say('Normal', 'Started', 'Container started');
    linkLog(context, pod, container, containerId, config.logPath);
    return yield* postStart(context, pod, container, containerId, podIP);
  } catch (error) {
    if (error instanceof ImageError) {
      say('Warning', 'Failed', `Error: ${error.reason}`);
      return { reason: error.reason, message: error.message };
    }
    if (!(error instanceof CriError) && !(error instanceof ContainerConfigError)) throw error;
    say('Warning', 'Failed', `Error: ${error.message}`);
    return { reason: step, message: error.message };
  }
}

/** The container whose processes an ephemeral one is to see. Throws `ContainerConfigError`. */
function targetOf({ targetContainerName: name }: Container, state: WorkerState): string | undefined {
  if (!name) return undefined;
  const [target] = attemptsOf(state.containers, name);
  if (!target) throw new ContainerConfigError(`unable to find target container ${name}`);
  return target.id;
}

function* postStart(
  context: KubeletContext,
  pod: Pod,
  container: Container,
  containerId: string,
  podIP: string,
): Waiting<WaitingReason | undefined> {
  const hook = container.lifecycle?.postStart;
  if (!hook) return undefined;
  const failure = yield* runHook(context, pod, container, hook, { containerId, podIP });
  if (failure === undefined) return undefined;
  context.log.error('kuberuntime_container.go:322', failure.error, 'Failed to execute PostStartHook', {
    pod: `${pod.metadata.namespace}/${pod.metadata.name}`,
    containerName: container.name,
  });
  const reference = containerReference(pod, container);
  context.recorder.event(reference, 'Warning', 'FailedPostStartHook', 'PostStartHook failed');
  yield* killContainer(context, pod, { container, id: containerId, podIP, message: 'FailedPostStartHook' });
  return { reason: 'PostStartHookError', message: failure.message };
}

/** /var/log/containers holds a link to each container's log, named for pod and container. */
function linkLog(context: KubeletContext, pod: Pod, container: Container, id: string, logPath: string): void {
  makeFolders(context, '/var/log/containers', 0o755);
  const { name, namespace } = pod.metadata;
  const link = `/var/log/containers/${name}_${namespace}_${container.name}-${id}.log`;
  try {
    context.sys.symlink(`${logDirectory(pod)}/${logPath}`, link);
  } catch (error) {
    if (!isErrno(error)) throw error;
    context.log.error(
      'kuberuntime_container.go:310',
      error.message,
      `Failed to create legacy symbolic link ${goQuote(link)}`,
    );
  }
}
