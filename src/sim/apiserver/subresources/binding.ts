import { aggregateErrors, notSupported, required } from '../../api/field-error.js';
import { deepCopy, type KubeObject } from '../../api/object.js';
import { badRequest, conflict, methodNotAllowed, StatusError, success, unnamedError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { type AdmissionRequest, mutateAll, validateAll } from '../admission/admission.js';
import { askerOf } from '../request/asker.js';
import { readBody } from '../request/body.js';
import type { RequestContext } from '../request/context.js';
import { writeOptions } from '../request/operation-options.js';
import { readWriteParameters } from '../request/options.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';
import { getObject } from '../storage/get.js';
import { writeObject } from '../storage/write.js';

interface Binding extends KubeObject {
  target?: { kind?: string; name?: string };
}

interface PodSpec {
  nodeName?: string;
  schedulingGates?: unknown[];
}

/** POST to a pod's binding: gives the pod to a node, once. */
export function* bindingSubresource(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  if (context.info.verb !== 'create') throw new StatusError(methodNotAllowed());
  const parameters = readWriteParameters(context.query, 'CreateOptions', context.request.headers['user-agent'] ?? '');
  const binding = (readBody(context.request, 'Binding')?.object ?? {}) as Binding;
  context.audit?.sent(binding);
  const { name, namespace } = context.info;
  if (binding.metadata) binding.metadata.namespace ||= namespace;
  if (binding.metadata?.name !== name)
    throw new StatusError(badRequest('name in URL does not match name in Binding object'));
  checkTarget(binding);
  const store = yield* context.parts.etcd.store('write');
  const admission: AdmissionRequest = {
    ...askerOf(context),
    store,
    operation: 'CREATE',
    kind,
    subresource: 'binding',
    namespace,
    name,
    object: binding,
    old: undefined,
    dryRun: parameters.dryRun,
    options: writeOptions(context, 'CREATE'),
  };
  yield* mutateAll(context.parts.admission, admission);
  yield* validateAll(context.parts.admission, admission);
  const pod = deepCopy(getObject(store, kind, namespace, name));
  const spec = (pod['spec'] ?? {}) as PodSpec;
  const refuse = (why: string) => new StatusError(conflict({ group: '', resource: 'pods/binding' }, name, why));
  if (binding.metadata.uid && binding.metadata.uid !== pod.metadata.uid) {
    throw refuse(
      `Precondition failed: UID in precondition: ${binding.metadata.uid}, UID in object meta: ${pod.metadata.uid}`,
    );
  }
  if (pod.metadata.deletionTimestamp) throw refuse(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (spec.nodeName) throw refuse(`pod ${name} is already assigned to node ${JSON.stringify(spec.nodeName)}`);
  if (spec.schedulingGates?.length) throw refuse(`pod ${name} has non-empty .spec.schedulingGates`);
  spec.nodeName = binding.target?.name as string;
  if (binding.metadata.annotations)
    pod.metadata.annotations = { ...pod.metadata.annotations, ...binding.metadata.annotations };
  if (binding.metadata.labels) pod.metadata.labels = { ...pod.metadata.labels, ...binding.metadata.labels };
  setScheduled(pod, formatTime(context.parts.now()));
  if (!parameters.dryRun) writeObject(store, kind, pod);
  return objectAnswer({ ...success(), code: 201 }, 201);
}

function checkTarget({ target }: Binding): void {
  const errors = [];
  if (target?.kind && target.kind !== 'Node')
    errors.push(notSupported('target.kind', target.kind, ['Node', '<empty>']));
  if (!target?.name) errors.push(required('target.name'));
  // The errors themselves are what the registry gives up with: no Status is made of them.
  if (errors.length > 0) throw new StatusError(unnamedError(aggregateErrors(errors)));
}

/** The condition PodScheduled, true from now on unless it was so already. */
function setScheduled(pod: KubeObject, timestamp: string): void {
  const status = (pod['status'] ?? {}) as {
    conditions?: { type: string; status: string }[];
    nominatedNodeName?: string;
  };
  delete status.nominatedNodeName;
  const others = (status.conditions ?? []).filter((condition) => condition.type !== 'PodScheduled');
  const before = status.conditions?.find(
    (condition) => condition.type === 'PodScheduled' && condition.status === 'True',
  );
  const condition = before ?? {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: timestamp,
    observedGeneration: pod.metadata.generation,
  };
  status.conditions = [...others, condition];
  pod['status'] = status;
}
