/** Annotations that confined containers before there were fields for it: read, checked, and held against the fields. */
import { type FieldError, forbidden, invalid } from '../../field-error.js';
import { goQuote } from '../../go-text.js';
import { type ObjectMeta, semanticEqual } from '../../object.js';
import type { Container, Pod, PodSpec, SeccompProfile } from '../../types/pod.js';
import { sortedPairs } from '../meta.js';
import { descendingPath } from './paths.js';
import { validateAppArmor } from './security-rules.js';

const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP = 'container.seccomp.security.alpha.kubernetes.io/';
const LOCALHOST = 'localhost/';

type Annotations = Readonly<Record<string, string>> | undefined;

/** Containers of all three lists, in the order the server visits them, with their places in the object. */
function visited(path: string, spec: PodSpec): { readonly at: string; readonly container: Container }[] {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ at: `${path}.${list}[${index}]`, container })),
  );
}

/** What an annotation says as a field, or nothing where it says nothing that a field could. */
function fieldOf(annotation: string): SeccompProfile | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' };
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' };
  const localhostProfile = annotation.startsWith(LOCALHOST) ? annotation.slice(LOCALHOST.length) : '';
  return localhostProfile === '' ? undefined : { type: 'Localhost', localhostProfile };
}

/**
 * Containers of a new pod get the field that their AppArmor annotation means, unless they have one or the pod's own says
 * the same (registry/core/pod applyAppArmorVersionSkew). `warn` is told even if the pod is refused later.
 */
export function appArmorFieldsOf(pod: Pod, warn: (text: string) => void): void {
  const { spec, metadata } = pod;
  if (spec.os?.name === 'windows') return;
  for (const { container } of visited('spec', spec)) {
    const key = `${APPARMOR}${container.name}`;
    const annotation = metadata.annotations?.[key];
    if (annotation === undefined || container.securityContext?.appArmorProfile) continue;
    const meant = fieldOf(annotation);
    const field = meant && validateAppArmor('', meant).length === 0 ? meant : undefined;
    if (field && semanticEqual(field, spec.securityContext?.appArmorProfile)) continue;
    if (field) {
      container.securityContext ??= {};
      container.securityContext.appArmorProfile = field;
    }
    warn(appArmorWarning('metadata', key));
  }
}

function appArmorWarning(path: string, key: string): string {
  return `${path}.annotations[${key}]: deprecated since v1.30; use the "appArmorProfile" field instead`;
}

/** The annotations of a pod or template by themselves; `path` is the place of the annotations. */
export function validateProfileAnnotations(path: string, annotations: Annotations, spec: PodSpec): FieldError[] {
  const errors: FieldError[] = [];
  const podProfile = annotations?.[SECCOMP_POD];
  if (podProfile !== undefined) errors.push(...validateSeccompAnnotation(`${path}.${SECCOMP_POD}`, podProfile));
  for (const [key, profile] of sortedPairs(annotations)) {
    if (key.startsWith(SECCOMP)) errors.push(...validateSeccompAnnotation(`${path}.${key}`, profile));
  }
  const names = new Set(visited('spec', spec).map(({ container }) => container.name));
  for (const [key, profile] of sortedPairs(annotations)) {
    if (!key.startsWith(APPARMOR)) continue;
    const name = key.slice(APPARMOR.length);
    if (!names.has(name)) errors.push(invalid(`${path}[${key}]`, name, 'container not found'));
    if (['', 'runtime/default', 'unconfined'].includes(profile) || profile.startsWith(LOCALHOST)) continue;
    errors.push(invalid(`${path}[${key}]`, profile, `invalid AppArmor profile name: ${goQuote(profile)}`));
  }
  return errors;
}

function validateSeccompAnnotation(path: string, profile: string): FieldError[] {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return [];
  if (profile.startsWith(LOCALHOST)) return descendingPath(path, profile.slice(LOCALHOST.length));
  return [invalid(path, profile, 'must be a valid seccomp profile')];
}

/** Where both an annotation and a field speak of a profile, they say the same. `path` is the place of the spec. */
export function validateProfilesMatch(path: string, annotations: Annotations, spec: PodSpec): FieldError[] {
  const containers = visited(path, spec);
  const context = spec.securityContext;
  const errors = match(
    `${path}.securityContext.seccompProfile`,
    'seccomp',
    annotations?.[SECCOMP_POD],
    context?.seccompProfile,
  );
  for (const { at, container } of containers) {
    const annotation = annotations?.[`${SECCOMP}${container.name}`];
    const place = `${at}.securityContext.seccompProfile`;
    errors.push(...match(place, 'seccomp', annotation, container.securityContext?.seccompProfile));
  }
  if (spec.os?.name === 'windows') return errors;
  for (const { at, container } of containers) {
    const annotation = annotations?.[`${APPARMOR}${container.name}`];
    const profile = container.securityContext?.appArmorProfile ?? context?.appArmorProfile;
    errors.push(...match(`${at}.securityContext.appArmorProfile`, 'apparmor', annotation, profile));
  }
  return errors;
}

function match(
  path: string,
  what: 'apparmor' | 'seccomp',
  annotation: string | undefined,
  profile: SeccompProfile | undefined,
): FieldError[] {
  if (annotation === undefined || !profile) return [];
  const { type, localhostProfile } = profile;
  const names: Readonly<Record<string, readonly string[]>> = {
    Unconfined: ['unconfined'],
    RuntimeDefault: what === 'seccomp' ? ['runtime/default', 'docker/default'] : ['runtime/default'],
  };
  const isSameType = type === 'Localhost' ? annotation.startsWith(LOCALHOST) : names[type]?.includes(annotation);
  if (isSameType === false) return [forbidden(`${path}.type`, `${what} type in annotation and field must match`)];
  if (type !== 'Localhost' || annotation.slice(LOCALHOST.length) === localhostProfile) return [];
  return [forbidden(`${path}.localhostProfile`, `${what} profile in annotation and field must match`)];
}

/** AppArmor annotations of a pod stay as they were made. */
export function validateAppArmorUpdate(annotations: Annotations, before: Annotations): FieldError[] {
  const at = (key: string) => `metadata.annotations[${key}]`;
  const gone = sortedPairs(before).filter(([key, value]) => key.startsWith(APPARMOR) && annotations?.[key] !== value);
  const come = sortedPairs(annotations).filter(([key]) => key.startsWith(APPARMOR) && before?.[key] === undefined);
  return [
    ...gone.map(([key]) => forbidden(at(key), 'may not remove or update AppArmor annotations')),
    ...come.map(([key]) => forbidden(at(key), 'may not add AppArmor annotations')),
  ];
}

/** What is said of annotations that no longer do anything, or soon will not: the pod's part. `path` is that of metadata. */
export function podProfileWarnings(path: string, metadata: ObjectMeta | undefined, spec: PodSpec): string[] {
  if (spec.securityContext?.seccompProfile || metadata?.annotations?.[SECCOMP_POD] === undefined) return [];
  return [seccompWarning(path, SECCOMP_POD)];
}

function seccompWarning(path: string, key: string): string {
  return `${path}.annotations[${key}]: non-functional in v1.27+; use the "seccompProfile" field instead`;
}

/** The same of one container; of AppArmor only in templates, since pods are told when their fields are set. */
export function containerProfileWarnings(
  path: string,
  metadata: ObjectMeta | undefined,
  spec: PodSpec,
  { name, securityContext }: Container,
): string[] {
  const warnings: string[] = [];
  const annotations = metadata?.annotations ?? {};
  const seccomp = `${SECCOMP}${name}`;
  if (!securityContext?.seccompProfile && annotations[seccomp] !== undefined) {
    warnings.push(seccompWarning(path, seccomp));
  }
  const appArmor = `${APPARMOR}${name}`;
  const annotation = annotations[appArmor];
  if (path === 'metadata' || securityContext?.appArmorProfile || annotation === undefined) return warnings;
  const podProfile = spec.securityContext?.appArmorProfile;
  if (!podProfile || !semanticEqual(podProfile, fieldOf(annotation))) {
    warnings.push(appArmorWarning(path, appArmor));
  }
  return warnings;
}
