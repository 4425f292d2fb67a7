import type { PodSandboxConfig, PortMapping } from '../../api/types/cri.js';
import type { Pod } from '../../api/types/pod.js';
import type { KubeletContext } from '../context.js';
import { podCgroupPath, podResources } from '../resources/linux-resources.js';
import { logDirectory, podDirectory } from './container-config.js';
import { kernelHostname } from './dns.js';
import { makeFolders } from './host-files.js';
import { podNames } from './resolv-conf.js';
import { SandboxConfigError } from './sandbox-config-error.js';
import { allContainers } from './worker-state.js';

/** Puts down the files every container of the pod shares, and says what its sandbox is to be. */
export function prepareSandbox(context: KubeletContext, pod: Pod, attempt: number): PodSandboxConfig {
  const { config, sys } = context;
  const folder = podDirectory(pod);
  const hostname = hostnameOf(context, pod);
  sys.writeFile(`${folder}/resolv.conf`, podNames(context, pod), 0o644);
  sys.writeFile(`${folder}/hostname`, `${pod.spec.hostNetwork ? sys.hostname() : hostname}\n`, 0o644);
  makeFolders(context, logDirectory(pod), 0o755);
  const { metadata, spec } = pod;
  return {
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    namespace: metadata.namespace ?? '',
    attempt,
    hostname,
    logDirectory: logDirectory(pod),
    labels: {
      ...metadata.labels,
      'io.kubernetes.pod.name': metadata.name ?? '',
      'io.kubernetes.pod.namespace': metadata.namespace ?? '',
      'io.kubernetes.pod.uid': metadata.uid ?? '',
    },
    annotations: metadata.annotations ?? {},
    hostNetwork: spec.hostNetwork ?? false,
    portMappings: spec.hostNetwork ? [] : portMappings(pod),
    hostPid: spec.hostPID ?? false,
    hostIpc: spec.hostIPC ?? false,
    sharedProcesses: spec.shareProcessNamespace ?? false,
    sysctls: Object.fromEntries((spec.securityContext?.sysctls ?? []).map(({ name, value }) => [dotted(name), value])),
    privileged: allContainers(pod).some(({ securityContext }) => securityContext?.privileged ?? false),
    cgroupParent: podCgroupPath(pod),
    resources: podResources(pod, config),
  };
}

/** Ports that containers, sidecars among them, want to have on the host. */
function portMappings(pod: Pod): PortMapping[] {
  return allContainers(pod).flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, containerPort, hostIP, protocol }) =>
      hostPort
        ? [
            {
              hostPort,
              containerPort,
              protocol: (protocol ?? 'TCP').toLowerCase() as PortMapping['protocol'],
              hostAddress: hostIP && hostIP !== '0.0.0.0' && hostIP !== '::' ? hostIP : undefined,
            },
          ]
        : [],
    ),
  );
}

/** Throws `CriError` for a name that is too long for the kernel. */
function hostnameOf({ config }: KubeletContext, pod: Pod): string {
  try {
    return kernelHostname(pod, config.clusterDomain);
  } catch (error) {
    throw new SandboxConfigError((error as Error).message);
  }
}

/** A setting's name with dots: where a slash comes first, the two change places (NormalizeName). */
export function dotted(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  return first === '/' ? name.replace(/[./]/g, (char) => (char === '.' ? '/' : '.')) : name;
}
