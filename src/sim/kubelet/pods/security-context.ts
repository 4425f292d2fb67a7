import type { CriContainerConfig, CriImage, SecurityProfile } from '../../api/types/cri.js';
import type { Container, Pod, SeccompProfile } from '../../api/types/pod.js';
import { podText } from '../context.js';
import { ContainerConfigError } from './environment.js';

/** Where profiles for seccomp lie that pods name. */
const SECCOMP_ROOT = '/var/lib/kubelet/seccomp';
const USER_MAX = 2 ** 31 - 1;

/** What the runtime is told about who a container is and what it may do. */
export type SecurityConfig = Pick<
  CriContainerConfig,
  | 'user'
  | 'username'
  | 'group'
  | 'supplementalGroups'
  | 'supplementalGroupsPolicy'
  | 'capabilities'
  | 'noNewPrivileges'
  | 'seccomp'
  | 'apparmor'
  | 'unmaskedProc'
  | 'readOnlyRoot'
  | 'privileged'
>;

/**
 * The effective security context of a container (kubelet determineEffectiveSecurityContext): what the container says
 * counts before what the pod says. Throws `ContainerConfigError` for one that would be root and must not.
 */
export function securityConfig(
  pod: Pod,
  container: Container,
  image: CriImage,
  seccompDefault: boolean,
): SecurityConfig {
  const own = container.securityContext ?? {};
  const shared = pod.spec.securityContext ?? {};
  const asked = own.runAsUser ?? shared.runAsUser;
  // Kubelet takes an image that names no user for root's.
  const imageUser = image.uid ?? (image.username === '' ? 0 : undefined);
  const user = asked ?? imageUser;
  verifyNonRoot(pod, container, asked, imageUser, image.username);
  const { fsGroup, supplementalGroups = [], supplementalGroupsPolicy } = shared;
  return {
    user,
    username: asked === undefined ? image.username : '',
    group: own.runAsGroup ?? shared.runAsGroup,
    supplementalGroups: [...(fsGroup === undefined ? [] : [fsGroup]), ...supplementalGroups],
    supplementalGroupsPolicy: supplementalGroupsPolicy === 'Strict' ? 'Strict' : 'Merge',
    capabilities: { add: own.capabilities?.add ?? [], drop: own.capabilities?.drop ?? [] },
    noNewPrivileges: own.allowPrivilegeEscalation === false,
    seccomp: seccompOf(own.seccompProfile ?? shared.seccompProfile, seccompDefault),
    apparmor: apparmorOf(pod, container),
    unmaskedProc: own.procMount === 'Unmasked',
    readOnlyRoot: own.readOnlyRootFilesystem ?? false,
    privileged: own.privileged ?? false,
  };
}

function seccompOf(profile: SeccompProfile | undefined, isDefault: boolean): SecurityProfile {
  if (!profile) return { type: isDefault ? 'RuntimeDefault' : 'Unconfined' };
  const { type, localhostProfile = '' } = profile;
  if (type === 'RuntimeDefault') return { type };
  if (type !== 'Localhost') return { type: 'Unconfined' };
  if (localhostProfile === '')
    throw new ContainerConfigError('localhostProfile must be set if seccompProfile type is Localhost.');
  return { type, path: `${SECCOMP_ROOT}/${localhostProfile}` };
}

/** The container's profile, by its field or by the annotation of old, before the pod's (apparmor.GetProfile). */
function apparmorOf(pod: Pod, container: Container): SecurityProfile | undefined {
  const noted = pod.metadata.annotations?.[`container.apparmor.security.beta.kubernetes.io/${container.name}`];
  const profile =
    container.securityContext?.appArmorProfile ?? annotated(noted) ?? pod.spec.securityContext?.appArmorProfile;
  if (!profile) return undefined;
  const { type, localhostProfile = '' } = profile;
  if (type === 'Localhost') return { type, path: localhostProfile };
  return { type: type === 'RuntimeDefault' ? type : 'Unconfined' };
}

function annotated(text: string | undefined): SeccompProfile | undefined {
  if (text === undefined || text === '') return undefined;
  if (text === 'runtime/default') return { type: 'RuntimeDefault' };
  if (text === 'unconfined') return { type: 'Unconfined' };
  return text.startsWith('localhost/') ? { type: 'Localhost', localhostProfile: text.slice(10) } : undefined;
}

/** kubelet verifyRunAsNonRoot. */
function verifyNonRoot(
  pod: Pod,
  container: Container,
  asked: number | undefined,
  imageUser: number | undefined,
  username: string,
): void {
  if (!(container.securityContext?.runAsNonRoot ?? pod.spec.securityContext?.runAsNonRoot)) return;
  const where = `(pod: "${podText(pod)}", container: ${container.name})`;
  if (asked !== undefined) {
    if (asked === 0) throw new ContainerConfigError(`container's runAsUser breaks non-root policy ${where}`);
    return;
  }
  if (imageUser === undefined) {
    throw new ContainerConfigError(
      `container has runAsNonRoot and image has non-numeric user (${username}), cannot verify user is non-root ${where}`,
    );
  }
  if (imageUser === 0) throw new ContainerConfigError(`container has runAsNonRoot and image will run as root ${where}`);
  if (imageUser > USER_MAX) {
    throw new ContainerConfigError(
      `container has runAsNonRoot and image has an invalid user id (${imageUser}). (Must be 1-(${USER_MAX})): must be between 0 and ${USER_MAX}, inclusive ${where}`,
    );
  }
}
