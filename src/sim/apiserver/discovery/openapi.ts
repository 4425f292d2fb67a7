import type { RequestContext } from '../request/context.js';
import type { Answer } from '../respond/answer.js';

/** Serves /openapi/v2 and /openapi/v3; undefined for other paths, and until the schemas are here. */
export function openapi(_context: RequestContext, _path: string): Answer | undefined {
  return undefined;
}
