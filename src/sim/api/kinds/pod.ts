/** core/v1 Pod. */
import { type FieldError, forbidden } from '../field-error.js';
import { dns1123Label } from '../names.js';
import type { KubeObject } from '../object.js';
import type { Pod, PodStatus } from '../types/pod.js';
import {
  type ApiKind,
  countGeneration,
  defineKind,
  fieldLabelNotSupported,
  keepAllButStatus,
  keepStatus,
  metadataFields,
  specChanged,
  withStatus,
} from './kind.js';
import { validateMeta, validateMetaUpdate } from './meta.js';
import { validatePodAnnotations, validatePodAnnotationUpdate } from './pod/annotation-rules.js';
import { validateImageSpaces } from './pod/container-rules.js';
import { keepAllButEphemeral, validateEphemeralUpdate } from './pod/ephemeral-rules.js';
import { mergeLabelKeys } from './pod/label-keys.js';
import { defaultPod } from './pod/pod-defaults.js';
import { podPrinter } from './pod/pod-printer.js';
import { validatePodSpec } from './pod/pod-spec-rules.js';
import { validatePodSpecUpdate, validatePodStatusUpdate } from './pod/pod-update-rules.js';
import { podTemplateWarnings } from './pod/pod-warnings.js';
import { appArmorFieldsOf, validateProfilesMatch } from './pod/profile-annotations.js';
import { qosClass } from './pod/qos.js';
import { keepAllButResources, validateResize } from './pod/resize-rules.js';

/** The strategy of pods. */
export const podKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  namespaced: true,
  shortNames: ['po'],
  categories: ['all'],
  subresourceFacts: withStatus(
    { name: 'attach', verbs: ['create', 'get'], body: { group: '', version: 'v1', kind: 'PodAttachOptions' } },
    { name: 'binding', verbs: ['create'], body: { group: '', version: 'v1', kind: 'Binding' } },
    { name: 'ephemeralcontainers', verbs: ['get', 'patch', 'update'] },
    { name: 'eviction', verbs: ['create'], body: { group: 'policy', version: 'v1', kind: 'Eviction' } },
    { name: 'exec', verbs: ['create', 'get'], body: { group: '', version: 'v1', kind: 'PodExecOptions' } },
    { name: 'log', verbs: ['get'] },
    {
      name: 'portforward',
      verbs: ['create', 'get'],
      body: { group: '', version: 'v1', kind: 'PodPortForwardOptions' },
    },
    {
      name: 'proxy',
      verbs: ['create', 'delete', 'get', 'patch', 'update'],
      body: { group: '', version: 'v1', kind: 'PodProxyOptions' },
    },
    { name: 'resize', verbs: ['get', 'patch', 'update'] },
  ),
  returnsDeleted: true,
  gracefulKind: true,
  gracePeriod: podGracePeriod,
  applyDefaults: (object) => defaultPod(object as Pod),
  prepareCreate: (object, { warn }) => prepareCreate(object as Pod, warn),
  validateCreate: (object) => validateCreate(object as Pod),
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    countGeneration(object, old, specChanged(object, old));
  },
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validatePod(object as Pod),
    ...validatePodAnnotationUpdate(object as Pod, old as Pod),
    ...validatePodSpecUpdate((object as Pod).spec, (old as Pod).spec),
  ],
  prepareStatus: (object, old) => prepareStatus(object as Pod, old as Pod),
  validateStatus: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validatePodAnnotationUpdate(object as Pod, old as Pod),
    ...validatePodStatusUpdate(object as Pod, old as Pod),
  ],
  warnings: (object, old) => (old ? [] : podWarnings(object as Pod)),
  selectableFields: (object) => selectableFields(object as Pod),
  fieldLabels: [
    'metadata.name',
    'metadata.namespace',
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  fieldLabelError: fieldLabelNotSupported,
  printer: podPrinter,
});

/** The strategy of a pod's subresource ephemeralcontainers: nothing else changes. */
export const ephemeralContainersKind: ApiKind = {
  ...podKind,
  prepareUpdate: (object, old) => {
    keepAllButEphemeral(object as Pod, old as Pod);
    countGeneration(object, old, specChanged(object, old));
  },
  validateUpdate: (object, old) =>
    validateEphemeralUpdate(object as Pod, old as Pod, () => [
      ...validateMetaUpdate(object, old),
      ...validatePod(object as Pod),
      ...validatePodAnnotationUpdate(object as Pod, old as Pod),
    ]),
};

/** The strategy of a pod's subresource resize: resources of containers and of the pod itself, nothing else. */
export const resizeKind: ApiKind = {
  ...podKind,
  prepareUpdate: (object, old) => {
    keepAllButResources(object as Pod, old as Pod);
    countGeneration(object, old, specChanged(object, old));
  },
  validateUpdate: (object, old) =>
    validateResize(object as Pod, old as Pod, () => [
      ...validateMetaUpdate(object, old),
      ...validatePod(object as Pod),
    ]),
};

/** Fields of features that are off unless somebody turns them on. */
function dropDisabledFields({ spec }: Pod): void {
  for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) {
    const lifecycle = container.lifecycle as { stopSignal?: string } | undefined;
    if (lifecycle) delete lifecycle.stopSignal;
  }
}

function prepareCreate(pod: Pod, warn: (text: string) => void): void {
  pod.metadata.generation = 1;
  dropDisabledFields(pod);
  pod.status = { phase: 'Pending', qosClass: qosClass(pod.spec) };
  mergeLabelKeys(pod);
  appArmorFieldsOf(pod, warn);
  if (!pod.spec.schedulingGates?.length) return;
  pod.status.conditions = [
    {
      type: 'PodScheduled',
      status: 'False',
      lastProbeTime: null,
      lastTransitionTime: null,
      reason: 'SchedulingGated',
      message: 'Scheduling is blocked due to non-empty scheduling gates',
    },
  ];
}

function prepareStatus(pod: Pod, old: Pod): void {
  keepAllButStatus(pod, old);
  const { ownerReferences } = old.metadata;
  if (ownerReferences) pod.metadata.ownerReferences = ownerReferences;
  else delete pod.metadata.ownerReferences;
  pod.status ??= {};
  if (!pod.status.qosClass && old.status?.qosClass) pod.status.qosClass = old.status.qosClass;
  alignAddresses(pod.status);
}

/** One address is kept twice, and the single one is believed where they differ (core/v1 conversion). */
function alignAddresses(status: PodStatus): void {
  const [first] = status.podIPs ?? [];
  if (status.podIP && status.podIP !== first?.ip) status.podIPs = [{ ip: status.podIP }];
  else if (!status.podIP && first?.ip) status.podIP = first.ip;
}

function validatePod(pod: Pod): FieldError[] {
  const { spec, metadata } = pod;
  const errors = validateMeta(pod, true);
  errors.push(...validatePodAnnotations('metadata.annotations', metadata.annotations, spec));
  errors.push(...validatePodSpec(spec, 'spec', metadata.name ?? '', true));
  if (!spec.serviceAccountName) errors.push(...refuseTokens(pod));
  for (const list of ['containers', 'initContainers'] as const) {
    (spec[list] ?? []).forEach((container, index) => {
      errors.push(...validateImageSpaces(`spec.${list}[${index}]`, container));
    });
  }
  return errors;
}

function refuseTokens({ spec }: Pod): FieldError[] {
  return (spec.volumes ?? []).flatMap(({ projected }, index) =>
    (projected?.sources ?? []).flatMap(({ serviceAccountToken }, item) => {
      if (!serviceAccountToken) return [];
      const at = `spec.volumes[${index}].projected.sources[${item}].serviceAccountToken`;
      return [forbidden(at, 'must not be specified when serviceAccountName is not set')];
    }),
  );
}

function validateCreate(pod: Pod): FieldError[] {
  const errors = validatePod(pod);
  const { spec } = pod;
  if (spec.ephemeralContainers?.length) errors.push(forbidden('spec.ephemeralContainers', 'cannot be set on create'));
  if (spec.nodeName && spec.schedulingGates?.length) {
    errors.push(forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'));
  }
  return [...errors, ...validateProfilesMatch('spec', pod.metadata.annotations, spec)];
}

/** Seconds a pod has to end: as asked, else its own; none when it never ran or is over. */
function podGracePeriod(object: KubeObject, requested: number | undefined): number {
  const { spec, status } = object as Pod;
  if (!spec.nodeName || status?.phase === 'Failed' || status?.phase === 'Succeeded') return 0;
  const seconds = requested ?? spec.terminationGracePeriodSeconds ?? 0;
  return seconds < 0 ? 1 : seconds;
}

function podWarnings(pod: Pod): string[] {
  const wrong = dns1123Label(pod.metadata.name ?? '');
  const words =
    "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended";
  return [...(wrong.length > 0 ? [`${words}: [${wrong.join(' ')}]`] : []), ...podTemplateWarnings('', pod)];
}

function selectableFields(pod: Pod): Record<string, string> {
  const { spec, status = {} } = pod;
  return {
    ...metadataFields(pod),
    'spec.nodeName': spec.nodeName ?? '',
    'spec.restartPolicy': spec.restartPolicy ?? '',
    'spec.schedulerName': spec.schedulerName ?? '',
    'spec.serviceAccountName': spec.serviceAccountName ?? '',
    'spec.hostNetwork': String(spec.hostNetwork ?? false),
    'status.phase': status.phase ?? '',
    'status.podIP': status.podIPs?.[0]?.ip ?? '',
    'status.nominatedNodeName': status.nominatedNodeName ?? '',
  };
}
