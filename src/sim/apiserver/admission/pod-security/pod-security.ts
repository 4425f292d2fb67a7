import type { Admission, AdmissionRequest } from '../admission.js';
import { judgeNamespace } from './namespace.js';
import { judgePod, judgeTemplate } from './pods.js';
import { DEFAULT_SETTINGS, type PodSecuritySettings } from './settings.js';

/** What pods are made from, by group. */
const TEMPLATED: Readonly<Record<string, readonly string[]>> = {
  '': ['ReplicationController', 'PodTemplate'],
  apps: ['ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet'],
  batch: ['Job', 'CronJob'],
};

/** Pods do no more than the labels of their namespace let them (Pod Security Admission). */
export function podSecurity(settings: PodSecuritySettings): Admission {
  return {
    name: 'PodSecurity',
    *validate(request) {
      if (request.operation !== 'CREATE' && request.operation !== 'UPDATE') return;
      const judge = judgeOf(request);
      if (judge) yield* judge(request, settings);
    },
  };
}

/** Pod Security as it is without a configuration. */
export const POD_SECURITY: Admission = podSecurity(DEFAULT_SETTINGS);

function judgeOf({ kind }: AdmissionRequest): typeof judgePod | undefined {
  if (kind.group === '' && kind.kind === 'Pod') return judgePod;
  if (kind.group === '' && kind.kind === 'Namespace') return judgeNamespace;
  return TEMPLATED[kind.group]?.includes(kind.kind) ? judgeTemplate : undefined;
}
