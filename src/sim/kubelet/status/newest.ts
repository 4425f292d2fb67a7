import type { CriContainer } from '../../api/types/cri.js';

/** The runtime's containers of one name, newest first. */
export function attemptsOf(containers: readonly CriContainer[], name: string): CriContainer[] {
  return containers
    .filter(({ config }) => config.name === name)
    .sort((one, other) => other.createdAt - one.createdAt || other.config.attempt - one.config.attempt);
}

/** The newest of them, of whichever sandbox (PodStatus.FindContainerStatusByName). */
export function newestOf(containers: readonly CriContainer[], name: string): CriContainer | undefined {
  return attemptsOf(containers, name)[0];
}
