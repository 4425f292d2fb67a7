import type { KubeObject } from '../../api/object.js';
import type { ServerParts } from '../parts.js';

/** The place of each group among all groups, and of its versions among each other: what kubectl lists first. */
const PRIORITIES: Readonly<Record<string, readonly [group: number, version: number]>> = {
  '/v1': [18_000, 1],
  'apps/v1': [17_800, 15],
  'events.k8s.io/v1': [17_750, 15],
  'authentication.k8s.io/v1': [17_700, 15],
  'authorization.k8s.io/v1': [17_600, 15],
  'autoscaling/v1': [17_500, 15],
  'autoscaling/v2': [17_500, 30],
  'batch/v1': [17_400, 15],
  'certificates.k8s.io/v1': [17_300, 15],
  'networking.k8s.io/v1': [17_200, 15],
  'policy/v1': [17_100, 15],
  'rbac.authorization.k8s.io/v1': [17_000, 15],
  'storage.k8s.io/v1': [16_800, 15],
  'admissionregistration.k8s.io/v1': [16_700, 15],
  'apiextensions.k8s.io/v1': [16_700, 15],
  'scheduling.k8s.io/v1': [16_600, 15],
  'coordination.k8s.io/v1': [16_500, 15],
  'node.k8s.io/v1': [16_300, 15],
  'resource.k8s.io/v1': [16_200, 21],
  'discovery.k8s.io/v1': [16_200, 15],
  'flowcontrol.apiserver.k8s.io/v1': [16_100, 21],
};

/** The APIServices of the groups this server serves itself, but for the one of APIServices. */
export function localApiServices(parts: ServerParts): KubeObject[] {
  return [...parts.kinds.groups()].flatMap(([group, versions]) =>
    versions.flatMap((version) => {
      const priority = PRIORITIES[`${group}/${version}`];
      if (!priority) return [];
      const [groupPriorityMinimum, versionPriority] = priority;
      const metadata = {
        name: `${version}.${group}`,
        labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' },
      };
      const spec = { ...(group === '' ? {} : { group }), version, groupPriorityMinimum, versionPriority };
      return [{ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata, spec }];
    }),
  );
}
