import type { KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import { type AdmissionRequest, mutateAll, validateAll } from '../admission/admission.js';
import { askerOf } from '../request/asker.js';
import type { RequestContext } from '../request/context.js';
import { writeOptions } from '../request/operation-options.js';
import type { ServedKind } from '../served-kind.js';

/** Has admission look at a question before it is answered: it is made like any other object. Throws StatusError. */
export function* admitReview(
  context: RequestContext,
  kind: ServedKind,
  review: KubeObject,
  dryRun: boolean,
): Waiting<void> {
  const { info, parts } = context;
  const admission: AdmissionRequest = {
    ...askerOf(context),
    store: yield* parts.etcd.store('read'),
    operation: 'CREATE',
    kind,
    subresource: '',
    namespace: info.namespace,
    name: review.metadata.name ?? '',
    object: review,
    old: undefined,
    dryRun,
    options: writeOptions(context, 'CREATE'),
  };
  yield* mutateAll(parts.admission, admission);
  yield* validateAll(parts.admission, admission);
}
