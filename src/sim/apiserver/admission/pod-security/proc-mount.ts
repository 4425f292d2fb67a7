import { containersOf, distinct, type JudgePod, namedContainers, quoted } from './violation.js';

/** Containers that see more of /proc than a runtime shows by itself. */
export const judgeProcMount: JudgePod = (spec) => {
  const bad = containersOf(spec).filter(
    ({ securityContext }) => (securityContext?.procMount ?? 'Default') !== 'Default',
  );
  if (bad.length === 0) return undefined;
  const names = namedContainers(bad.map(({ name }) => name));
  const values = quoted(distinct(bad.map(({ securityContext }) => securityContext?.procMount ?? '')));
  return { reason: 'procMount', detail: `${names} must not set securityContext.procMount to ${values}` };
};
