import type { Waiting } from '../../kernel/wait.js';
import type { RequestContext } from '../request/context.js';
import type { UserInfo } from '../request/user-info.js';

/** What an authenticator sees of a request. */
export interface Credentialed extends Pick<RequestContext, 'request' | 'peer' | 'parts' | 'now' | 'warnings'> {
  /** Whom the request's token has to be meant for: one of these at least. */
  readonly audiences: readonly string[];
}

/** Somebody who is known. */
export interface Authenticated {
  readonly user: UserInfo;
  /** For whom of those asked about the credential is good; left out by ways that know no audiences. */
  readonly audiences?: readonly string[];
  /** What the server notes about the credential before it goes on. */
  readonly note?: () => Waiting<void>;
}

/** What was shown is wrong: 401, unless something else that was shown is right. The text is for logs and reviews. */
export class CredentialError {
  constructor(readonly message: string) {}
}

/** Undefined when there is nothing to go by. */
export type Outcome = Authenticated | CredentialError | undefined;

/** One way of telling who asks. */
export interface Authenticator {
  readonly name: string;
  authenticate(request: Credentialed): Outcome;
}

/** One way of telling whose token this is. */
export interface TokenAuthenticator {
  readonly name: string;
  authenticate(token: string, request: Credentialed): Outcome;
}
