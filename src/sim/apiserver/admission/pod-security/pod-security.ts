import type { AdmissionRequest } from '../admission.js';
import type { ConfiguredPlugin } from '../configuration.js';
import { readSettings } from './configuration.js';
import { judgeNamespace } from './namespace.js';
import { judgePod, judgeTemplate } from './pods.js';

/** What pods are made from, by group. */
const TEMPLATED: Readonly<Record<string, readonly string[]>> = {
  '': ['ReplicationController', 'PodTemplate'],
  apps: ['ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet'],
  batch: ['Job', 'CronJob'],
};

/** Pods do no more than the labels of their namespace let them (Pod Security Admission). */
export const POD_SECURITY: ConfiguredPlugin = (text) => {
  const settings = readSettings(text);
  return {
    name: 'PodSecurity',
    *validate(request) {
      if (request.operation !== 'CREATE' && request.operation !== 'UPDATE') return;
      const judge = judgeOf(request);
      if (judge) yield* judge(request, settings);
    },
  };
};

function judgeOf({ kind }: AdmissionRequest): typeof judgePod | undefined {
  if (kind.group === '' && kind.kind === 'Pod') return judgePod;
  if (kind.group === '' && kind.kind === 'Namespace') return judgeNamespace;
  return TEMPLATED[kind.group]?.includes(kind.kind) ? judgeTemplate : undefined;
}
