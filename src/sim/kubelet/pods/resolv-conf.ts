import type { Pod } from '../../api/types/pod.js';
import type { KubeletContext } from '../context.js';
import { type DnsWarning, podResolvConf, resolvConfProblem } from './dns.js';
import { openText, readText } from './host-files.js';
import { SandboxConfigError } from './sandbox-config-error.js';

/** The text of the pod's resolv.conf; kubelet's events tell what did not fit. Throws `CriError`. */
export function podNames(context: KubeletContext, pod: Pod): string {
  const { config, recorder, nodeAddresses: addresses } = context;
  const { clusterDNS, clusterDomain, resolvConf: path } = config;
  try {
    const host = path === '' ? undefined : openText(context, path);
    const text = podResolvConf(
      pod,
      { host, addresses, clusterDNS, clusterDomain },
      ([reason, message]) => recorder.event(pod, 'Warning', reason, message),
      (warning) => warnNode(context, warning),
    );
    // A runtime that is told nothing of names gives the pod the host's own file (containerd setupSandboxFiles).
    return text === '' ? readText(context, '/etc/resolv.conf') : text;
  } catch (error) {
    throw new SandboxConfigError((error as Error).message);
  }
}

/** When it starts, kubelet looks whether the node's own file fits what pods' files may hold. */
export function checkResolvConf(context: KubeletContext): void {
  const { clusterDomain, resolvConf: path } = context.config;
  if (path === '') return;
  let problem: string | undefined;
  try {
    problem = resolvConfProblem(path, openText(context, path), clusterDomain);
  } catch (error) {
    problem = (error as Error).message;
  }
  if (problem !== undefined) warnNode(context, ['CheckLimitsForResolvConf', problem]);
}

function warnNode({ recorder, nodeName }: KubeletContext, [reason, message]: DnsWarning): void {
  recorder.event({ kind: 'Node', name: nodeName, uid: nodeName }, 'Warning', reason, message);
}
