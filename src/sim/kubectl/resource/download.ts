import { reasonOf, wholeBody } from '../../client/http-text.js';
import { systemRoots } from '../../client/system-roots.js';
import { decodeText } from '../../kernel/bytes.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError, UrlError } from '../errors.js';
import type { Session } from '../session.js';
import { getFollowing } from './get-following.js';

const ATTEMPTS = 3;

/**
 * The text behind an address (readHttpWithRetries of cli-runtime): what could not be reached and what answered 5xx is
 * asked three times, a second apart. Throws `UrlError` in net/http's words, `CommandError` for any answer but 200.
 */
export function* downloadManifest(session: Session, url: string): Waiting<string> {
  const headers = () => ({ 'user-agent': 'Go-http-client/1.1' });
  const asker = { authorities: systemRoots(session.sys), headers };
  let failed: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) yield* session.sys.sleep(SECOND);
    try {
      const answer = yield* getFollowing(session.sys, url, asker);
      if (answer.status === 200) return decodeText(yield* wholeBody(answer));
      const status = `${answer.status} ${answer.reason ?? reasonOf(answer.status)}`;
      failed = new CommandError(
        `unable to read URL ${JSON.stringify(url)}, server reported ${status}, status code=${answer.status}`,
      );
      if (answer.status < 500) break;
    } catch (error) {
      if (!(error instanceof UrlError)) throw error;
      failed = error;
    }
  }
  throw failed;
}
