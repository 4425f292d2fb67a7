import { nameIsSubdomain } from '../../api/names.js';
import type { KubeObject } from '../../api/object.js';
import { deepCopy } from '../../api/object.js';
import { controllerReference } from '../../api/owner-references.js';
import { isNotFound } from '../../api/status.js';
import type { Pod, PodTemplateSpec } from '../../api/types/pod.js';
import type { ApiClient } from '../../client/client.js';
import type { Waiting } from '../../kernel/wait.js';
import type { EventRecorder } from './context.js';
import type { Expectations } from './expectations.js';
import { isExpectedFailure, isNamespaceTerminating, SyncError } from './failures.js';
import { keyOf } from './keys.js';
import { PODS } from './resource-types.js';
import { slowStart } from './slow-start.js';

/** The pod a template describes, to be made in the owner's name; `prefix` begins its name when the owner's does not. */
export function podFromTemplate(template: PodTemplateSpec, owner: KubeObject, prefix = ownPrefix(owner)): Pod {
  const { labels, annotations, finalizers } = template.metadata ?? {};
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

function ownPrefix({ metadata }: KubeObject): string {
  const name = metadata.name ?? '';
  return nameIsSubdomain(`${name}-`, true).length === 0 ? `${name}-` : name;
}

/** Makes and deletes pods in an owner's name and tells about it in events on the owner. */
export class PodControl {
  constructor(
    private readonly client: ApiClient,
    private readonly recorder: EventRecorder,
  ) {}

  /** Throws what the server refused with. */
  *create(template: PodTemplateSpec, owner: KubeObject, prefix?: string): Waiting<Pod> {
    try {
      const pod = yield* this.client.create<Pod>(PODS, podFromTemplate(template, owner, prefix));
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

  /** Deletes pods whose deletions the owner expects under `key`, and takes back what failed; what failed, in order. */
  *deleteExpected(pods: readonly Pod[], owner: KubeObject, expectations: Expectations, key: string): Waiting<Error[]> {
    const failures: Error[] = [];
    for (const pod of pods) {
      try {
        yield* this.delete(pod.metadata.name ?? '', owner);
      } catch (error) {
        if (!isExpectedFailure(error)) throw error;
        expectations.deletionObserved(key, keyOf(pod));
        if (!isNotFound(error)) failures.push(error);
      }
    }
    return failures;
  }

  /** Makes `count` pods in growing batches and takes back from the expectations what was not made; what failed first. */
  *createExpected(
    count: number,
    templateFor: (index: number) => PodTemplateSpec,
    owner: KubeObject,
    expectations: Expectations,
    key: string,
  ): Waiting<Error | undefined> {
    const create = function* (this: PodControl, index: number): Waiting<void> {
      try {
        yield* this.create(templateFor(index), owner);
      } catch (error) {
        // The namespace takes the owner with it soon.
        if (!isNamespaceTerminating(error)) throw error;
      }
    }.bind(this);
    const { successes, failure } = yield* slowStart(count, create);
    expectations.creationObserved(key, count - successes);
    return failure;
  }
}
