import { nameIsSubdomain } from '../../api/names.js';
import type { KubeObject } from '../../api/object.js';
import { deepCopy } from '../../api/object.js';
import { controllerReference } from '../../api/owner-references.js';
import { isNotFound } from '../../api/status.js';
import type { Pod, PodTemplateSpec } from '../../api/types/pod.js';
import type { ApiClient } from '../../client/client.js';
import type { Waiting } from '../../kernel/wait.js';
import type { EventRecorder } from './context.js';
import { isExpectedFailure, isNamespaceTerminating, SyncError } from './failures.js';
import { PODS } from './resource-types.js';

/** The pod a template describes, to be made in the owner's name. */
function podFromTemplate(template: PodTemplateSpec, owner: KubeObject): Pod {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  const name = owner.metadata.name ?? '';
  const prefix = nameIsSubdomain(`${name}-`, true).length === 0 ? `${name}-` : name;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: prefix,
      ...(owner.metadata.namespace === undefined ? {} : { namespace: owner.metadata.namespace }),
      ...(labels ? { labels: { ...labels } } : {}),
      ...(annotations ? { annotations: { ...annotations } } : {}),
      ...(finalizers ? { finalizers: [...finalizers] } : {}),
      ownerReferences: [controllerReference(owner)],
    },
    spec: deepCopy(template.spec),
  };
}

/** Makes and deletes pods in an owner's name and tells about it in events on the owner. */
export class PodControl {
  constructor(
    private readonly client: ApiClient,
    private readonly recorder: EventRecorder,
  ) {}

  /** Throws what the server refused with. */
  *create(template: PodTemplateSpec, owner: KubeObject): Waiting<Pod> {
    try {
      const pod = yield* this.client.create<Pod>(PODS, podFromTemplate(template, owner));
      this.recorder.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
      return pod;
    } catch (error) {
      if (isExpectedFailure(error) && !isNamespaceTerminating(error)) {
        this.recorder.event(owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
      }
      throw error;
    }
  }

  /** Throws the server's NotFound as it is, everything else as `unable to delete pods`. */
  *delete(name: string, owner: KubeObject): Waiting<void> {
    try {
      yield* this.client.delete(PODS, name, owner.metadata.namespace);
    } catch (error) {
      if (!isExpectedFailure(error) || isNotFound(error)) throw error;
      this.recorder.event(owner, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`);
      throw new SyncError(`unable to delete pods: ${error.message}`);
    }
    this.recorder.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
  }
}
