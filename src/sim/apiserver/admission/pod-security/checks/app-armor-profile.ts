import { goQuote } from '../../../../api/go-text.js';
import { type Check, containersOf, distinct, type JudgePod, plural, quoted, setters } from '../violation.js';

const ANNOTATION_PREFIX = 'container.apparmor.security.beta.kubernetes.io/';

const isAllowed = (type: string): boolean => type === 'RuntimeDefault' || type === 'Localhost';
const isAllowedAnnotation = (value: string): boolean =>
  value === '' || value === 'runtime/default' || value.startsWith('localhost/');

const judge: JudgePod = (spec, metadata) => {
  const values: string[] = [];
  const isBad = (profile: { type: string } | undefined): boolean => {
    if (profile == null || isAllowed(profile.type)) return false;
    values.push(profile.type);
    return true;
  };
  const pod = isBad(spec.securityContext?.appArmorProfile);
  const containers = containersOf(spec)
    .filter(({ securityContext }) => isBad(securityContext?.appArmorProfile))
    .map(({ name }) => name);
  const annotations = Object.entries(metadata.annotations ?? {})
    .filter(([key, value]) => key.startsWith(ANNOTATION_PREFIX) && !isAllowedAnnotation(value))
    .map(([key, value]) => `${key}=${goQuote(value)}`);
  const who = [setters(pod, containers), plural('annotation', 'annotations', annotations.length)]
    .slice(0, annotations.length > 0 ? 2 : 1)
    .filter((one) => one !== '');
  if (who.length === 0) return undefined;
  const bad = [...distinct(values), ...distinct(annotations)];
  return {
    reason: plural('forbidden AppArmor profile', 'forbidden AppArmor profiles', bad.length),
    detail: `${who.join(' and ')} must not set AppArmor profile type to ${quoted(bad)}`,
  };
};

/** The runtime's AppArmor profile is not put aside. */
export const APP_ARMOR_PROFILE: Check = {
  id: 'appArmorProfile',
  level: 'baseline',
  versions: [{ since: 0, judge }],
};
