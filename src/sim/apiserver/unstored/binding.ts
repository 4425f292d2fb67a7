import { defineKind } from '../../api/kinds/kind.js';
import { methodNotAllowed, notFoundPath, StatusError } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import { readBody } from '../request/body.js';
import type { RequestContext } from '../request/context.js';
import type { Answer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';
import { bindingSubresource } from '../subresources/binding.js';

/** core/v1 Binding: the older way to give a pod to a node, which names the pod in the body instead of in the path. */
export const bindingKind: ServedKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'Binding',
  plural: 'bindings',
  namespaced: true,
  verbs: ['create'],
  storagePrefix: '',
});

/** POST of a binding: as if it had come to the pod's own. */
export function* createBinding(context: RequestContext): Waiting<Answer> {
  const { info, parts, request } = context;
  if (info.verb !== 'create') throw new StatusError(methodNotAllowed());
  const pods = parts.kinds.resource('', 'v1', 'pods');
  if (!pods) throw new StatusError(notFoundPath());
  const name = readBody(request, 'Binding')?.object.metadata?.name ?? '';
  return yield* bindingSubresource({ ...context, info: { ...info, name } }, pods);
}
