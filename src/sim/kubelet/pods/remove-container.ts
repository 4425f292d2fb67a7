import type { CriContainer } from '../../api/types/cri.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { attemptsOf } from '../status/newest.js';

/** Removes a container that is over with its log, or leaves the log. Throws `CriError`. */
export function* removeContainer(
  { cri, sys }: Pick<KubeletContext, 'cri' | 'sys'>,
  { id, logPath }: Pick<CriContainer, 'id' | 'logPath'>,
  keepsLog = false,
): Waiting<void> {
  if (!keepsLog) unlink(sys, logPath);
  yield* cri.call('RemoveContainer', { containerId: id });
}

/** Of containers that are over only the newest of each name stays, or none (container deletor). Throws `CriError`. */
export function* removeDead(
  context: Pick<KubeletContext, 'cri' | 'sys'>,
  containers: readonly CriContainer[],
  kept: 0 | 1,
): Waiting<void> {
  const dead = containers.filter(({ state }) => state === 'CONTAINER_EXITED');
  const surplus = kept === 0 ? dead : dead.filter((one) => attemptsOf(dead, one.config.name)[0] !== one);
  for (const container of surplus.toSorted((one, other) => other.createdAt - one.createdAt))
    yield* removeContainer(context, container);
}

/** Removes a file if it is there. */
export function unlink(sys: Sys, path: string): void {
  try {
    sys.unlink(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
