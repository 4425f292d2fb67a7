import { methodNotAllowed, StatusError } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import type { RequestContext } from '../request/context.js';
import type { Answer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';
import { getVerb } from '../verbs/get.js';
import { patchVerb } from '../verbs/patch.js';
import { updateVerb } from '../verbs/update.js';

/** GET, PUT and PATCH of an object's status. */
export function* statusSubresource(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  switch (context.info.verb) {
    case 'get':
      return yield* getVerb(context, kind);
    case 'update':
      return yield* updateVerb(context, kind);
    case 'patch':
      return yield* patchVerb(context, kind);
    default:
      throw new StatusError(methodNotAllowed());
  }
}
