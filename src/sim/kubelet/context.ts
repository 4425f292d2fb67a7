import type { ObjectReference } from '../api/types/event.js';
import type { Container, Pod } from '../api/types/pod.js';
import type { ApiClient } from '../client/client.js';
import type { CriClient } from '../client/cri-client.js';
import type { Sys } from '../kernel/sys.js';
import type { KubeletConfiguration } from './config/configuration.js';
import type { NodeAttachments } from './csi/node-attachments.js';
import type { KubeletLog } from './log.js';
import type { ObjectCache } from './objects.js';
import type { KubeletTiming } from './timing.js';
import type { VolumePort } from './volume-port.js';

/** Writes Events without waiting for them. */
export interface Recorder {
  event(
    object: Pod | ObjectReference,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    annotations?: Readonly<Record<string, string>>,
  ): void;
}

/** What every part of one kubelet shares. */
export interface KubeletContext {
  readonly sys: Sys;
  readonly client: ApiClient;
  readonly cri: CriClient;
  readonly log: KubeletLog;
  readonly config: KubeletConfiguration;
  readonly timing: KubeletTiming;
  readonly recorder: Recorder;
  readonly objects: ObjectCache;
  readonly volumes: VolumePort;
  readonly attachments: NodeAttachments;
  readonly nodeName: string;
  readonly nodeAddress: string;
  /** With that of the other family, where the node has one. */
  readonly nodeAddresses: readonly string[];
  /** What a container without limits may use at most; known once the node is. */
  allocatable(): Readonly<Record<string, string>>;
  /** What the machine has. */
  capacity(): Readonly<Record<string, string>>;
  /** Undefined while containers may be started on the pod network. */
  networkError(): string | undefined;
}

/** How events refer to one container of a pod. */
export function containerReference(pod: Pod, container: Pick<Container, 'name'>): ObjectReference {
  const { metadata } = pod;
  const lists = ['initContainers', 'ephemeralContainers'] as const;
  const which = lists.find((list) => pod.spec[list]?.some(({ name }) => name === container.name)) ?? 'containers';
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    name: metadata.name ?? '',
    ...(metadata.namespace ? { namespace: metadata.namespace } : {}),
    ...(metadata.uid ? { uid: metadata.uid } : {}),
    ...(metadata.resourceVersion ? { resourceVersion: metadata.resourceVersion } : {}),
    fieldPath: `spec.${which}{${container.name}}`,
  };
}

/** A pod as kubelet's log and messages name it: `web_default(0c6d…)`. */
export function podText({ metadata }: Pod): string {
  return `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
}
