import type { Container } from '../../../../api/types/pod.js';
import { type Check, containersOf, distinct, type JudgePod, namedContainers, plural, quoted } from '../violation.js';

/** Hosts other than its own pod that a container's probes and hooks have the kubelet ask. */
function hostsOf({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Container): string[] {
  const handlers = [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop];
  return handlers.flatMap((handler) => [handler?.httpGet?.host || [], handler?.tcpSocket?.host || []].flat());
}

const judge: JudgePod = (spec) => {
  const asking = containersOf(spec).filter((container) => hostsOf(container).length > 0);
  if (asking.length === 0) return undefined;
  const bad = distinct(asking.map(({ name }) => name));
  const hosts = distinct(asking.flatMap(hostsOf));
  const what = plural('probe or lifecycle host', 'probe or lifecycle hosts', hosts.length);
  const detail = `${namedContainers(bad)} ${plural('uses', 'use', bad.length)} ${what} ${quoted(hosts)}`;
  return { reason: 'probe or lifecycle host', detail };
};

/** A kubelet is not sent to other hosts by probes and hooks. */
export const HOST_PROBES: Check = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  versions: [{ since: 34, judge }],
};
