import { klogLine } from '../../client/klog.js';
import type { Waiting } from '../../kernel/wait.js';
import { ExitError } from '../errors.js';
import type { Session } from '../session.js';

/** Which requests a proxy passes on. */
export interface ProxyFilter {
  /** `host` as the client named it, without a port. */
  accepts(method: string, path: string, host: string): boolean;
}

/** The filter of the flags; undefined when there is to be none. Ends the run for words that are no patterns. */
export function* proxyFilter(session: Session): Waiting<ProxyFilter | undefined> {
  const { flags, sys } = session;
  if (flags.bool('disable-filter')) {
    if (flags.text('unix-socket') === '')
      yield* session.err(
        klogLine(
          sys,
          'W',
          'proxy.go:180',
          'Request filter disabled, your proxy is vulnerable to XSRF attacks, please be cautious',
        ),
      );
    return undefined;
  }
  const read = (name: string): RegExp[] => patternsOf(session, flags.text(name));
  const [accept, reject, hosts, methods] = ['accept-paths', 'reject-paths', 'accept-hosts', 'reject-methods'].map(read);
  const matches = (patterns: readonly RegExp[] | undefined, text: string): boolean =>
    (patterns ?? []).some((pattern) => pattern.test(text));
  return {
    accepts: (method, path, host) =>
      !matches(reject, path) && !matches(methods, method) && matches(accept, path) && matches(hosts, host),
  };
}

function patternsOf({ sys }: Session, text: string): RegExp[] {
  if (text === '') return [];
  return text.split(',').map((part) => {
    try {
      return new RegExp(part);
    } catch {
      const why = `Error compiling re: error parsing regexp: ${goRegexpError(part)}`;
      throw new ExitError(255, klogLine(sys, 'F', 'proxy_server.go:83', why));
    }
  });
}

/** What Go's regexp says of the mistakes that are easily made. */
function goRegexpError(part: string): string {
  if (/^[*+?]/.test(part)) return `missing argument to repetition operator: \`${part.charAt(0)}\``;
  if (/\[[^\]]*$/.test(part)) return `missing closing ]: \`${part.slice(part.lastIndexOf('['))}\``;
  return `missing closing ): \`${part}\``;
}
