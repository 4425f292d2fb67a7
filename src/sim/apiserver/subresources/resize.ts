import { resizeKind } from '../../api/kinds/pod.js';
import type { Waiting } from '../../kernel/wait.js';
import type { RequestContext } from '../request/context.js';
import type { Answer } from '../respond/answer.js';
import { statusSubresource } from './status.js';

/** GET, PUT and PATCH of the resources that a pod's containers have and ask for. */
export function* resizeSubresource(context: RequestContext): Waiting<Answer> {
  return yield* statusSubresource(context, resizeKind);
}
