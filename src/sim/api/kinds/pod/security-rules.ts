/** Rules of security contexts. */
import { type FieldError, forbidden, invalid, notSupported, required, tooLong } from '../../field-error.js';
import { utf8Length } from '../../go-text.js';
import { rangeError } from '../../names.js';
import type { PodSpec, SeccompProfile, SecurityContext } from '../../types/pod.js';
import { oneOf } from '../meta.js';
import { descendingPath } from './paths.js';
import { validateSysctls } from './sysctl-rules.js';

const ID_MAX = 2 ** 31 - 1;
const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const APPARMOR_LENGTH_MAX = 4095;

function validateId(path: string, id: number | undefined): FieldError[] {
  return id === undefined || (id >= 0 && id <= ID_MAX) ? [] : [invalid(path, id, rangeError(0, ID_MAX))];
}

function validateSeccomp(path: string, profile: SeccompProfile | undefined): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const errors: FieldError[] = [];
  if (!type) errors.push(required(`${path}.type`, 'type is required when seccompProfile is set'));
  else errors.push(...oneOf(`${path}.type`, type, PROFILE_TYPES));
  const at = `${path}.localhostProfile`;
  if (type === 'Localhost') {
    if (localhostProfile === undefined) errors.push(required(at, 'must be set when seccomp type is Localhost'));
    else errors.push(...descendingPath(at, localhostProfile));
  } else if (localhostProfile !== undefined) {
    errors.push(invalid(at, internalProfile(profile), 'can only be set when seccomp type is Localhost'));
  }
  return errors;
}

/** A profile of AppArmor. */
export function validateAppArmor(path: string, profile: SeccompProfile | undefined): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const at = `${path}.localhostProfile`;
  if (!type) return [required(`${path}.type`, 'type is required when appArmorProfile is set')];
  if (!PROFILE_TYPES.includes(type)) return [notSupported(`${path}.type`, type, PROFILE_TYPES)];
  if (type !== 'Localhost') {
    if (localhostProfile === undefined) return [];
    return [invalid(at, localhostProfile, 'can only be set when AppArmor type is Localhost')];
  }
  const missing = [required(at, 'must be set when AppArmor type is Localhost')];
  if (localhostProfile === undefined) return missing;
  const errors: FieldError[] = [];
  if (localhostProfile.trim() !== localhostProfile) {
    errors.push(invalid(at, localhostProfile, 'must not be padded with whitespace'));
  } else if (localhostProfile === '') errors.push(...missing);
  if (utf8Length(localhostProfile) > APPARMOR_LENGTH_MAX) errors.push(tooLong(at, APPARMOR_LENGTH_MAX));
  return errors;
}

/** The server prints its internal form of a security context: every field, with the names of Go. */
function internalContext(context: SecurityContext): object {
  const { capabilities, seLinuxOptions } = context;
  return {
    Capabilities: capabilities ? { Add: capabilities.add ?? null, Drop: capabilities.drop ?? null } : null,
    Privileged: context.privileged ?? null,
    SELinuxOptions: seLinuxOptions
      ? {
          User: seLinuxOptions.user ?? '',
          Role: seLinuxOptions.role ?? '',
          Type: seLinuxOptions.type ?? '',
          Level: seLinuxOptions.level ?? '',
        }
      : null,
    WindowsOptions: context.windowsOptions ?? null,
    RunAsUser: context.runAsUser ?? null,
    RunAsGroup: context.runAsGroup ?? null,
    RunAsNonRoot: context.runAsNonRoot ?? null,
    ReadOnlyRootFilesystem: context.readOnlyRootFilesystem ?? null,
    AllowPrivilegeEscalation: context.allowPrivilegeEscalation ?? null,
    ProcMount: context.procMount ?? null,
    SeccompProfile: internalProfile(context.seccompProfile),
    AppArmorProfile: internalProfile(context.appArmorProfile),
  };
}

function internalProfile(profile: SeccompProfile | undefined): object | null {
  return profile ? { Type: profile.type, LocalhostProfile: profile.localhostProfile ?? null } : null;
}

/** The security context of a container. */
export function validateContainerSecurity(
  path: string,
  context: SecurityContext | undefined,
  hostUsers: boolean,
): FieldError[] {
  if (!context) return [];
  const errors = [
    ...validateId(`${path}.runAsUser`, context.runAsUser),
    ...validateId(`${path}.runAsGroup`, context.runAsGroup),
    ...oneOf(`${path}.procMount`, context.procMount, ['Default', 'Unmasked']),
  ];
  if (hostUsers && context.procMount === 'Unmasked') {
    errors.push(invalid(`${path}.procMount`, context.procMount, '`hostUsers` must be false to use `Unmasked`'));
  }
  errors.push(...validateSeccomp(`${path}.seccompProfile`, context.seccompProfile));
  if (context.allowPrivilegeEscalation === false) {
    if (context.privileged) {
      const words = 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true';
      errors.push(invalid(path, internalContext(context), words));
    }
    if (context.capabilities?.add?.includes('CAP_SYS_ADMIN')) {
      const words = 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN';
      errors.push(invalid(path, internalContext(context), words));
    }
  }
  return [...errors, ...validateAppArmor(`${path}.appArmorProfile`, context.appArmorProfile)];
}

/** The security context of a pod. */
export function validatePodSecurity(path: string, spec: PodSpec): FieldError[] {
  const context = spec.securityContext;
  if (!context) return [];
  const errors = [
    ...validateId(`${path}.fsGroup`, context.fsGroup),
    ...validateId(`${path}.runAsUser`, context.runAsUser),
    ...validateId(`${path}.runAsGroup`, context.runAsGroup),
    ...(context.supplementalGroups ?? []).flatMap((id, index) =>
      validateId(`${path}.supplementalGroups[${index}]`, id),
    ),
  ];
  if (spec.shareProcessNamespace && spec.hostPID) {
    const words = 'ShareProcessNamespace and HostPID cannot both be enabled';
    errors.push(invalid(`${path}.shareProcessNamespace`, true, words));
  }
  return [
    ...errors,
    ...validateSysctls(`${path}.sysctls`, spec),
    ...oneOf(`${path}.fsGroupChangePolicy`, context.fsGroupChangePolicy, ['Always', 'OnRootMismatch']),
    ...validateSeccomp(`${path}.seccompProfile`, context.seccompProfile),
    ...validateAppArmor(`${path}.appArmorProfile`, context.appArmorProfile),
    ...oneOf(`${path}.supplementalGroupsPolicy`, context.supplementalGroupsPolicy, ['Merge', 'Strict']),
  ];
}

/** What a pod with users of its own cannot share with the host. */
export function validateHostUsers(path: string, spec: PodSpec): FieldError[] {
  if (spec.hostUsers !== false) return [];
  const words = 'when `hostUsers` is false';
  const errors: FieldError[] = [];
  if (spec.hostNetwork) errors.push(forbidden(`${path}.hostNetwork`, words));
  if (spec.hostPID) errors.push(forbidden(`${path}.HostPID`, words));
  if (spec.hostIPC) errors.push(forbidden(`${path}.HostIPC`, words));
  return errors;
}
