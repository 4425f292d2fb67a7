import type { Waiting } from '../../kernel/wait.js';
import { converting } from '../extensions/conversion/converting.js';
import type { RequestContext } from '../request/context.js';
import { readResourceVersion } from '../request/options.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';
import { getObject } from '../storage/get.js';

/** GET of one object. */
export function* getVerb(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  readResourceVersion(context.query.get('resourceVersion'), 'other');
  const store = yield* context.parts.etcd.store('read');
  const { namespace, name } = context.info;
  return objectAnswer(
    yield* converting(context.parts, store, () => getObject(store, kind, namespace, name)),
    200,
    kind,
  );
}
