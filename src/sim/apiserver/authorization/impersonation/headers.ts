import { goQuote } from '../../../api/go-text.js';
import { badRequest, StatusError } from '../../../api/status.js';
import type { HttpRequest } from '../../../kernel/network.js';
import { extraKey } from '../../request/extra-key.js';
import type { UserInfo } from '../../request/user-info.js';

const EXTRA = 'impersonate-extra-';

/**
 * Whom a request wants to be, as its Impersonate- headers say, or undefined. A header that was sent several times comes
 * as lines of one value. Throws 400 for groups and the like without a user.
 */
export function readImpersonation({ headers }: Pick<HttpRequest, 'headers'>): UserInfo | undefined {
  const [name = ''] = linesOf(headers['impersonate-user']);
  const [uid = ''] = linesOf(headers['impersonate-uid']);
  const groups = linesOf(headers['impersonate-group']);
  const extra = readExtra(headers);
  if (name !== '') return { name, groups, ...(uid === '' ? {} : { uid }), ...(extra ? { extra } : {}) };
  if (uid === '' && groups.length === 0 && !extra) return undefined;
  throw new StatusError(badRequest(`requested ${goUser(uid, groups, extra)} without impersonating a user name`));
}

function linesOf(value: string | undefined): string[] {
  return value === undefined ? [] : value.split('\n');
}

function readExtra(headers: HttpRequest['headers']): Record<string, string[]> | undefined {
  let extra: Record<string, string[]> | undefined;
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith(EXTRA)) continue;
    extra ??= {};
    const key = extraKey(header.slice(EXTRA.length));
    extra[key] = [...(extra[key] ?? []), ...linesOf(value)];
  }
  return extra;
}

/** A user as Go prints the struct with %#v. */
function goUser(uid: string, groups: readonly string[], extra: Record<string, string[]> | undefined): string {
  const strings = (values: readonly string[]) => `[]string{${values.map(goQuote).join(', ')}}`;
  const entries = Object.entries(extra ?? {})
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, values]) => `${goQuote(key)}:${strings(values)}`);
  const extras = extra ? `map[string][]string{${entries.join(', ')}}` : 'map[string][]string(nil)';
  const list = groups.length > 0 ? strings(groups) : '[]string(nil)';
  return `&user.DefaultInfo{Name:"", UID:${goQuote(uid)}, Groups:${list}, Extra:${extras}}`;
}
