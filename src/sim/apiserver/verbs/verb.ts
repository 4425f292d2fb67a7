import type { Waiting } from '../../kernel/wait.js';
import type { RequestContext } from '../request/context.js';
import type { Answer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';

/** What a verb does for a kind. Refusals are thrown as StatusError. */
export type Verb = (context: RequestContext, kind: ServedKind) => Waiting<Answer>;
