import type { KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import type { AdmissionRequest } from '../admission/admission.js';
import { askerOf } from '../request/asker.js';
import type { RequestContext } from '../request/context.js';
import { writeOptions } from '../request/operation-options.js';
import type { ServedKind } from '../served-kind.js';

/** What admission is shown of a question: it is made like any other object. */
export function* reviewAdmission(
  context: RequestContext,
  kind: ServedKind,
  review: KubeObject,
  dryRun: boolean,
): Waiting<AdmissionRequest> {
  const { info, parts } = context;
  return {
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
}
