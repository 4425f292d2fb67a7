import type { RequestContext } from '../request/context.js';
import type { UserInfo } from '../request/user-info.js';

/** What an authenticator sees of a request. */
export type Credentialed = Pick<RequestContext, 'request' | 'peer' | 'parts' | 'now'>;

/**
 * One way of telling who asks: a user, `undefined` when it has nothing to go by, `'invalid'` when what was shown is
 * wrong (401, even where anonymous requests are let in).
 */
export interface Authenticator {
  readonly name: string;
  authenticate(request: Credentialed): UserInfo | 'invalid' | undefined;
}
