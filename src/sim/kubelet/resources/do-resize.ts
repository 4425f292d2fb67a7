import { parseQuantity, quantityValue } from '../../api/quantity.js';
import type { Pod } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { containerResources, podResources } from './linux-resources.js';
import { type ContainerUpdate, type PodResize, resizeWords } from './pod-resize.js';

/** What of a pod's resources changes while it runs, memory before processors. */
export interface ResizeWork {
  readonly memory: readonly ContainerUpdate[];
  readonly cpu: readonly ContainerUpdate[];
  /** A container that is started again gets other resources: the pod's own change too. */
  readonly restarts: boolean;
}

/** Gives running containers what was allocated to them (doPodResizeAction); a failure is told. */
export function* doResize(
  context: KubeletContext,
  pod: Pod,
  sandboxId: string,
  resize: PodResize,
  work: ResizeWork,
): Waiting<'nothing' | 'done' | 'failed' | 'failed again'> {
  if (work.memory.length + work.cpu.length === 0 && !work.restarts) return 'nothing';
  try {
    const tooSmall = yield* belowUse(context, work.memory);
    if (tooSmall.length > 0) throw new CriError(`cannot decrease memory limits: ${aggregate(tooSmall)}`);
    const resources = podResources(pod, context.config);
    yield* context.cri.call('UpdatePodSandboxResources', { podSandboxId: sandboxId, resources });
    const capacity = quantityValue(parseQuantity(context.capacity()['memory'] ?? '0'));
    for (const { container, id } of inOrder(work)) {
      const limits = containerResources(pod, container, context.config, capacity);
      yield* context.cri.call('UpdateContainerResources', { containerId: id, resources: limits });
      resize.started(container);
    }
    return 'done';
  } catch (error) {
    if (!(error instanceof CriError)) throw error;
    const isNews = resize.fail(pod, error.message, context.sys.now());
    if (!isNews) return 'failed again';
    const words = resizeWords('Pod resize error', pod, undefined, error.message);
    context.recorder.event(pod, 'Warning', 'ResizeError', words);
    return 'failed';
  }
}

/** Who gets less comes before who gets more; a container of which both change is asked once. */
function inOrder({ memory, cpu }: ResizeWork): ContainerUpdate[] {
  const all = [...memory, ...cpu.filter(({ id }) => !memory.some((other) => other.id === id))];
  return [...all.filter(({ decreases }) => decreases), ...all.filter(({ decreases }) => !decreases)];
}

/** Limits that are to be smaller than what is used now. */
function* belowUse({ cri }: KubeletContext, updates: readonly ContainerUpdate[]): Waiting<string[]> {
  const smaller = updates.filter(({ decreases }) => decreases);
  if (smaller.length === 0) return [];
  const { stats } = yield* cri.call('ListContainerStats', {});
  return smaller.flatMap(({ container, id }) => {
    const limit = container.resources?.limits?.['memory'];
    const used = stats.find((each) => each.id === id)?.memoryBytes ?? 0;
    if (limit === undefined) return [];
    const wanted = quantityValue(parseQuantity(String(limit)));
    if (used < wanted) return [];
    return [`attempting to set container "${container.name}" memory limit (${wanted}) below current usage (${used})`];
  });
}

function aggregate(words: readonly string[]): string {
  return words.length === 1 ? (words[0] ?? '') : `[${words.join(', ')}]`;
}
