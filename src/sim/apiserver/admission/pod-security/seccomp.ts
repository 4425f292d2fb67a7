import type { PodSpec, SeccompProfile } from '../../../api/types/pod.js';
import { containersOf, distinct, quoted, setters, type Violation } from './violation.js';

/** Whether a profile is one of those that confine. */
export function confines({ type }: SeccompProfile): boolean {
  return type === 'Localhost' || type === 'RuntimeDefault';
}

/** Pods and containers that ask for no confinement. */
export function unconfined(spec: PodSpec): Violation | undefined {
  const values: string[] = [];
  const isBad = (profile: SeccompProfile | undefined): boolean => {
    if (profile == null || confines(profile)) return false;
    values.push(profile.type);
    return true;
  };
  const pod = isBad(spec.securityContext?.seccompProfile);
  const containers = containersOf(spec).filter(({ securityContext }) => isBad(securityContext?.seccompProfile));
  const who = setters(
    pod,
    containers.map(({ name }) => name),
  );
  if (who === '') return undefined;
  const detail = `${who} must not set securityContext.seccompProfile.type to ${quoted(distinct(values))}`;
  return { reason: 'seccompProfile', detail };
}
