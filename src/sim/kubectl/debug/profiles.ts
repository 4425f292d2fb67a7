import type { Container, Pod, SecurityContext } from '../../api/types/pod.js';
import type { Flags } from '../cobra/flags.js';

/** What is debugged: a pod by a container more, a pod by a copy of it, or a node. */
export type DebugStyle = 'ephemeral' | 'copy' | 'node';

interface Profile {
  /** Changes the debugging container. */
  readonly container?: (container: Container, style: DebugStyle) => void;
  readonly hostNamespaces?: true;
  readonly hostFiles?: true;
  /** What becomes of a copy; most profiles make it a stranger to services and probes. */
  readonly copy: 'stranger' | 'without labels';
}

/** The debugging profiles by name (kubectl pkg/cmd/debug/profiles.go). */
export const PROFILES: Readonly<Record<string, Profile>> = {
  baseline: { container: clearSecurity, copy: 'stranger' },
  general: { container: general, hostNamespaces: true, hostFiles: true, copy: 'stranger' },
  legacy: { hostNamespaces: true, hostFiles: true, copy: 'without labels' },
  netadmin: { container: addCapabilities('NET_ADMIN', 'NET_RAW'), hostNamespaces: true, copy: 'stranger' },
  restricted: { container: restrict, copy: 'stranger' },
  sysadmin: { container: makePrivileged, hostNamespaces: true, hostFiles: true, copy: 'stranger' },
};

/** Changes a pod and its debugging container as a profile says. */
export function applyProfile(profile: string, pod: Pod, container: Container, style: DebugStyle, flags: Flags): void {
  const { container: change, hostNamespaces, hostFiles, copy } = PROFILES[profile] as Profile;
  change?.(container, style);
  if (style === 'node') {
    if (hostFiles) mountHost(pod, container);
    if (hostNamespaces) Object.assign(pod.spec, { hostNetwork: true, hostPID: true, hostIPC: true });
  }
  if (style !== 'copy') return;
  if (copy === 'without labels') delete pod.metadata.labels;
  else estrange(pod, flags);
}

/** A copy shows its processes, and loses what the flags do not keep. */
function estrange(pod: Pod, flags: Flags): void {
  if (!flags.bool('keep-labels')) delete pod.metadata.labels;
  if (!flags.bool('keep-annotations')) delete pod.metadata.annotations;
  for (const container of pod.spec.containers) {
    if (!flags.bool('keep-liveness')) delete container.livenessProbe;
    if (!flags.bool('keep-readiness')) delete container.readinessProbe;
    if (!flags.bool('keep-startup')) delete container.startupProbe;
  }
  if (!flags.bool('keep-init-containers')) delete pod.spec.initContainers;
  pod.spec.shareProcessNamespace ??= true;
}

function mountHost(pod: Pod, container: Container): void {
  pod.spec.volumes = [...(pod.spec.volumes ?? []), { name: 'host-root', hostPath: { path: '/' } }];
  container.volumeMounts = [...(container.volumeMounts ?? []), { mountPath: '/host', name: 'host-root' }];
}

function general(container: Container, style: DebugStyle): void {
  if (style === 'node') clearSecurity(container);
  else addCapabilities('SYS_PTRACE')(container);
}

function clearSecurity(container: Container): void {
  delete container.securityContext;
}

function restrict(container: Container): void {
  container.securityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

function makePrivileged(container: Container): void {
  security(container).privileged = true;
}

function addCapabilities(...names: readonly string[]): (container: Container) => void {
  return (container) => {
    const context = security(container);
    context.capabilities = { ...context.capabilities, add: [...(context.capabilities?.add ?? []), ...names] };
  };
}

function security(container: Container): SecurityContext {
  container.securityContext ??= {};
  return container.securityContext;
}
