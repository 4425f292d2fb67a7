import { controllerOf } from '../../../api/owner-references.js';
import { podFieldValue } from '../../../api/pod-fields.js';
import type { Pod } from '../../../api/types/pod.js';
import type { Waiting } from '../../../kernel/wait.js';
import { describeContainers, describeResources, type Resolve } from '../containers.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { amountText, describeSpread, tolerationLines } from '../pod-template.js';
import { describeVolumes } from '../volumes.js';
import { type DescribeWriter, longTime, since } from '../writer.js';

const MIRROR = 'kubernetes.io/config.mirror';

/** Describes a pod. */
export function* describePod(w: DescribeWriter, request: DescribeRequest<Pod>): Waiting<void> {
  const pod = request.object;
  const { metadata, spec, status = {} } = pod;
  describeHead(w, pod);
  describeState(w, request);
  w.field('IP', status.podIP ?? '');
  if (status.podIPs?.length) {
    w.write(0, 'IPs:\n');
    for (const { ip } of status.podIPs) w.field('IP', ip, 1);
  } else w.write(0, 'IPs:\t<none>\n');
  const owner = controllerOf(pod);
  if (owner) w.field('Controlled By', `${owner.kind}/${owner.name}`);
  if (status.nominatedNodeName) w.field('NominatedNodeName', status.nominatedNodeName);
  if (spec.resources) {
    w.write(0, 'Resources:\n');
    describeResources(w, spec.resources, 1);
  }
  const resolve = resolver(pod);
  if (spec.initContainers?.length)
    describeContainers(w, 'Init Containers', spec.initContainers, status.initContainerStatuses ?? [], '', resolve);
  describeContainers(w, 'Containers', spec.containers, status.containerStatuses ?? [], '', resolve);
  if (spec.ephemeralContainers?.length)
    describeContainers(
      w,
      'Ephemeral Containers',
      spec.ephemeralContainers,
      status.ephemeralContainerStatuses ?? [],
      '',
      resolve,
    );
  describeConditions(w, pod);
  describeVolumes(w, spec.volumes, '');
  w.field('QoS Class', status.qosClass ?? 'BestEffort');
  w.labels('Node-Selectors', spec.nodeSelector);
  w.list('Tolerations', tolerationLines(spec.tolerations));
  describeSpread(w, spec, '');
  const mirror = metadata.annotations?.[MIRROR];
  yield* describeEvents(w, request, { byKind: false, uid: mirror ?? metadata.uid });
}

function describeHead(w: DescribeWriter, { metadata, spec, status = {} }: Pod): void {
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  if (spec.priority !== undefined) w.field('Priority', spec.priority);
  if (spec.priorityClassName) w.field('Priority Class Name', spec.priorityClassName);
  if (spec.runtimeClassName) w.field('Runtime Class Name', spec.runtimeClassName);
  if (spec.serviceAccountName) w.field('Service Account', spec.serviceAccountName);
  w.field('Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>');
  if (status.startTime) w.field('Start Time', longTime(status.startTime));
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
}

function describeState(
  w: DescribeWriter,
  { session, object: { metadata, spec, status = {} } }: DescribeRequest<Pod>,
): void {
  const { phase = '' } = status;
  if (metadata.deletionTimestamp && phase !== 'Failed' && phase !== 'Succeeded') {
    w.field('Status', `Terminating (lasts ${since(metadata.deletionTimestamp, session.now())})`);
    w.field('Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else w.field('Status', phase);
  if (status.reason) w.field('Reason', status.reason);
  if (status.message) w.field('Message', status.message);
  const profile = spec.securityContext?.seccompProfile;
  if (!profile) return;
  w.field('SeccompProfile', profile.type);
  if (profile.type === 'Localhost') w.field('LocalhostProfile', profile.localhostProfile ?? '');
}

function describeConditions(w: DescribeWriter, { spec, status = {} }: Pod): void {
  const conditions = status.conditions ?? [];
  if (spec.readinessGates?.length) {
    w.write(0, 'Readiness Gates:\n  Type\tStatus\n');
    for (const { conditionType } of spec.readinessGates) {
      w.write(1, `${conditionType} \t${conditions.find(({ type }) => type === conditionType)?.status ?? '<none>'} \n`);
    }
  }
  if (conditions.length === 0) return;
  w.write(0, 'Conditions:\n  Type\tStatus\n');
  for (const { type, status: value } of conditions) w.write(1, `${type} \t${value} \n`);
}

function resolver(pod: Pod): Resolve {
  const facts = {
    podIPs: (pod.status?.podIPs ?? []).map(({ ip }) => ip ?? ''),
    hostIPs: (pod.status?.hostIPs ?? []).map(({ ip }) => ip ?? ''),
  };
  return (variable, container) => {
    const field = variable.valueFrom?.fieldRef;
    if (!field) return amountText(variable, pod, container);
    try {
      return podFieldValue(pod, field.fieldPath, facts);
    } catch {
      return '';
    }
  };
}
