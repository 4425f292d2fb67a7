import { notFoundPath, StatusError } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import type { RequestContext } from '../request/context.js';
import type { Answer } from '../respond/answer.js';

/** Serves the paths that are no resources. Throws 404. */
export function* nonResourcePath(_context: RequestContext): Waiting<Answer> {
  throw new StatusError(notFoundPath());
}
