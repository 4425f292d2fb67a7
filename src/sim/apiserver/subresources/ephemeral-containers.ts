import { ephemeralContainersKind } from '../../api/kinds/pod.js';
import type { Waiting } from '../../kernel/wait.js';
import type { RequestContext } from '../request/context.js';
import type { Answer } from '../respond/answer.js';
import { statusSubresource } from './status.js';

/** GET, PUT and PATCH of a pod's ephemeral containers. */
export function* ephemeralContainersSubresource(context: RequestContext): Waiting<Answer> {
  return yield* statusSubresource(context, ephemeralContainersKind);
}
