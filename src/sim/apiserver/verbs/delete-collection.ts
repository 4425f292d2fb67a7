import type { KubeList } from '../../api/object.js';
import { methodNotSupported, StatusError } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import { converting } from '../extensions/conversion/converting.js';
import type { RequestContext } from '../request/context.js';
import { readInteger } from '../request/options.js';
import { readSelection } from '../request/selection.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import { apiVersionOf, groupResource, type ServedKind } from '../served-kind.js';
import { allObjects, findObject } from '../storage/get.js';
import { namingUnreadable } from '../storage/refuse-stuck.js';
import { admitAndDelete, warnOfOrphans } from './delete.js';
import { readDeleteParameters } from './delete-options.js';

/** DELETE of a collection: every object the selectors choose, one after the other. Answers with what was found. */
export function* deleteCollectionVerb(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  if (!kind.verbs.includes('deletecollection')) {
    throw new StatusError(methodNotSupported(groupResource(kind), 'deletecollection'));
  }
  const selection = readSelection(kind, context.query);
  const options = readDeleteParameters(context);
  warnOfOrphans(context, kind, options);
  const store = yield* context.parts.etcd.store('write');
  const limit = readInteger(context.query, 'limit') || Number.POSITIVE_INFINITY;
  const { namespace } = context.info;
  const { parts } = context;
  const all = yield* converting(parts, store, () => namingUnreadable(() => allObjects(store, kind, namespace)));
  const items = all.filter((object) => selection.matches(object)).slice(0, limit);
  const metadata = { resourceVersion: String(store.revision) };
  for (const { metadata: found } of items) {
    const find = () => findObject(store, kind, found.namespace ?? '', found.name as string);
    const existing = yield* converting(parts, store, find);
    if (existing) yield* admitAndDelete(context, kind, store, existing, options);
  }
  const list: KubeList = { kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), metadata, items };
  return objectAnswer(list, 200, kind);
}
