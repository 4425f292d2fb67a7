import type { HttpResponse } from '../../kernel/network.js';
import type { ServedKind } from '../served-kind.js';

/** What a verb ends in, before it is written in the client's media type. */
export type Answer =
  | { readonly type: 'object'; readonly code: number; readonly object: object; readonly kind?: ServedKind | undefined }
  | { readonly type: 'response'; readonly response: HttpResponse };

/** An answer of one object or list; `kind` lets it become a table. */
export function objectAnswer(object: object, code = 200, kind?: ServedKind): Answer {
  return { type: 'object', code, object, kind };
}

/** An answer that is a response already: a stream, or text. */
export function responseAnswer(response: HttpResponse): Answer {
  return { type: 'response', response };
}
