import { defaultPod } from '../../api/kinds/pod/pod-defaults.js';
import { isJsonObject, type KubeObject } from '../../api/object.js';
import type { Pod } from '../../api/types/pod.js';
import { buildKind, fields, keepStatus, textAt } from './build.js';
import { qosClassOf } from './qos.js';

/** core/v1 Pod. */
export const POD = buildKind({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  namespaced: true,
  shortNames: ['po'],
  categories: ['all'],
  subresources: [
    'attach',
    'binding',
    'ephemeralcontainers',
    'eviction',
    'exec',
    'log',
    'portforward',
    'proxy',
    'resize',
    'status',
  ],
  returnsDeleted: true,
  counted: true,
  gracefulKind: true,
  ...fields({
    'spec.nodeName': ['spec', 'nodeName'],
    'spec.restartPolicy': ['spec', 'restartPolicy'],
    'spec.schedulerName': ['spec', 'schedulerName'],
    'spec.serviceAccountName': ['spec', 'serviceAccountName'],
    'spec.hostNetwork': ['spec', 'hostNetwork'],
    'status.phase': ['status', 'phase'],
    'status.podIP': ['status', 'podIP'],
    'status.nominatedNodeName': ['status', 'nominatedNodeName'],
  }),
  applyDefaults: (object) => {
    if (isJsonObject(object['spec'])) defaultPod(object as Pod);
  },
  prepareCreate: (object) => {
    object['status'] = { phase: 'Pending', qosClass: qosClassOf(object) };
  },
  prepareUpdate: keepStatus,
  gracePeriod: podGracePeriod,
});

/** A pod that never ran, or runs no more, is deleted at once (pod strategy, CheckGracefulDelete). */
function podGracePeriod(object: KubeObject, requested: number | undefined): number {
  const own =
    (object['spec'] as { terminationGracePeriodSeconds?: number } | undefined)?.terminationGracePeriodSeconds ?? 30;
  const phase = textAt(object, 'status', 'phase');
  if (textAt(object, 'spec', 'nodeName') === '' || phase === 'Failed' || phase === 'Succeeded') return 0;
  return requested ?? Math.max(own, 1);
}
