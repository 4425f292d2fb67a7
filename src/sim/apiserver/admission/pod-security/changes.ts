import type { Container, PodSpec } from '../../../api/types/pod.js';

/** Whether a changed pod has to be judged again: containers that are new, or of another image. */
export function isSignificant(spec: PodSpec, old: PodSpec): boolean {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = spec;
  const { containers: before = [], initContainers: initBefore = [], ephemeralContainers: ephemeralBefore = [] } = old;
  if (containers.length !== before.length || initContainers.length !== initBefore.length) return true;
  const changed = (one: Container, was: Container | undefined): boolean => (one.image ?? '') !== (was?.image ?? '');
  return (
    containers.some((one, index) => changed(one, before[index])) ||
    initContainers.some((one, index) => changed(one, initBefore[index])) ||
    ephemeralContainers.some((one) => {
      const was = ephemeralBefore.find(({ name }) => name === one.name);
      return was === undefined || changed(one, was);
    })
  );
}
