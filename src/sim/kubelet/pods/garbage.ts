import type { CriContainer, PodSandbox } from '../../api/types/cri.js';
import { CriError } from '../../client/cri-client.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { MINUTE } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { removeContainer, unlink } from './remove-container.js';

/** Old instances that stay, for each container of a pod (--maximum-dead-containers-per-container). */
const DEAD_KEPT = 1;
const LINKS = '/var/log/containers';

/** The thread that clears away what the runtime and the log folder hold and nobody needs (kuberuntime_gc.go): each minute. */
export function* collectGarbage(context: KubeletContext): Waiting<void> {
  const { log, sys } = context;
  for (;;) {
    try {
      yield* collect(context);
    } catch (error) {
      if (!(error instanceof CriError)) throw error;
      log.error('kubelet.go:1695', error.grpc, 'Container garbage collection failed');
    }
    yield* sys.sleep(MINUTE);
  }
}

function* collect({ cri, sys }: KubeletContext): Waiting<void> {
  const { containers } = yield* cri.call('ListContainers', {});
  const dead = evictable(containers);
  for (const container of dead) yield* removeContainer({ cri, sys }, container);
  const left = containers.filter((container) => !dead.includes(container));
  const { items } = yield* cri.call('ListPodSandbox', {});
  for (const { id } of emptySandboxes(items, left)) yield* cri.call('RemovePodSandbox', { podSandboxId: id });
  const alive = left.filter(({ state }) => state !== 'CONTAINER_EXITED').map(({ id }) => id);
  for (const name of namesIn(sys, LINKS)) {
    if (!name.endsWith('.log') || alive.some((id) => name.endsWith(`-${id}.log`))) continue;
    if (isDangling(sys, `${LINKS}/${name}`)) unlink(sys, `${LINKS}/${name}`);
  }
}

/** Removes all containers that are over, whatever they were kept for (eviction, ContainerGC DeleteAllUnusedContainers). */
export function* deleteUnusedContainers({ cri, sys }: KubeletContext): Waiting<void> {
  const { containers } = yield* cri.call('ListContainers', {});
  for (const { id, state, logPath, config } of containers) {
    if (state !== 'CONTAINER_EXITED' || !(yield* isPodOver(cri, config.labels['io.kubernetes.pod.uid'] ?? '')))
      continue;
    yield* cri.call('RemoveContainer', { containerId: id });
    unlink(sys, logPath);
  }
}

/** Containers of a pod that still runs are needed to tell how they ended. */
function* isPodOver(cri: KubeletContext['cri'], podUid: string): Waiting<boolean> {
  const { items } = yield* cri.call('ListPodSandbox', { podUid });
  return items.every(({ state }) => state !== 'SANDBOX_READY');
}

/** What does not run, but for the newest of each container of a pod. */
function evictable(containers: readonly CriContainer[]): CriContainer[] {
  const units = new Map<string, CriContainer[]>();
  for (const container of containers) {
    if (container.state !== 'CONTAINER_EXITED') continue;
    const key = `${container.config.labels['io.kubernetes.pod.uid']}/${container.config.name}`;
    units.set(key, [...(units.get(key) ?? []), container]);
  }
  return [...units.values()].flatMap((unit) =>
    unit.sort((one, other) => other.createdAt - one.createdAt).slice(DEAD_KEPT),
  );
}

/** Sandboxes that are over and have no containers, but for each pod's newest. */
function emptySandboxes(sandboxes: readonly PodSandbox[], containers: readonly CriContainer[]): PodSandbox[] {
  const used = new Set(containers.map(({ sandboxId }) => sandboxId));
  return sandboxes.filter(
    ({ id, state, createdAt, config }) =>
      state !== 'SANDBOX_READY' &&
      !used.has(id) &&
      sandboxes.some((other) => other.config.uid === config.uid && other.createdAt > createdAt),
  );
}

function namesIn(sys: Sys, folder: string): string[] {
  try {
    return sys.readDirectory(folder).map(({ name }) => name);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function isDangling(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return false;
  } catch (error) {
    if (isErrno(error)) return error.code === 'ENOENT';
    throw error;
  }
}
