import { createHash } from 'node:crypto';
import { isErrno } from '../../kernel/errno.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Exchange } from './exchange.js';
import { errorPage } from './pages.js';
import { covers } from './ranges.js';
import { type Location, wordsOf } from './sites.js';
import { expand } from './variables.js';

/** Refuses who may not come: `allow` and `deny` in their order, then `auth_basic`. */
export function accessRefusal(exchange: Exchange, location: Location): HttpResponse | undefined {
  const scope = location.scopes.find((one) => one.some(({ name }) => name === 'allow' || name === 'deny')) ?? [];
  const rule = scope.find(
    ({ name, words }) => (name === 'allow' || name === 'deny') && covers(words[0] ?? '', exchange.client.address),
  );
  if (rule?.name === 'deny') {
    exchange.context.complain(exchange, 'access forbidden by rule');
    return errorPage(exchange, location, 403);
  }
  const realm = wordsOf(location, 'auth_basic')?.[0];
  const file = wordsOf(location, 'auth_basic_user_file')?.[0];
  if (realm === undefined || realm === 'off' || file === undefined) return undefined;
  return passwordRefusal(exchange, location, expand(exchange, realm), expand(exchange, file));
}

function passwordRefusal(
  exchange: Exchange,
  location: Location,
  realm: string,
  file: string,
): HttpResponse | undefined {
  const { context, request } = exchange;
  const challenge = () => errorPage(exchange, location, 401, { 'www-authenticate': `Basic realm="${realm}"` });
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(request.headers['authorization'] ?? '') ?? [];
  if (encoded === undefined) return challenge();
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = given.indexOf(':');
  const [user, password] = [given.slice(0, colon), given.slice(colon + 1)];
  const path = file.startsWith('/') ? file : `/etc/nginx/${file}`;
  let lines: string[];
  try {
    lines = Buffer.from(context.sys.readFile(path)).toString('utf8').split('\n');
  } catch (error) {
    if (!isErrno(error)) throw error;
    context.complain(exchange, `open() "${path}" failed (2: No such file or directory)`);
    return errorPage(exchange, location, 403);
  }
  const line = lines.find((one) => one.startsWith(`${user}:`));
  if (line === undefined) {
    context.complain(exchange, `user "${user}" was not found in "${path}"`);
    return challenge();
  }
  if (!isPassword(password, line.slice(user.length + 1).split(':')[0] ?? '')) {
    context.complain(exchange, `user "${user}": password mismatch`);
    return challenge();
  }
  exchange.user = user;
  return undefined;
}

/** The forms of passwords that htpasswd and openssl write, but for the system's own crypt. */
function isPassword(password: string, stored: string): boolean {
  if (stored.startsWith('{PLAIN}')) return stored.slice('{PLAIN}'.length) === password;
  if (stored.startsWith('{SHA}'))
    return stored.slice('{SHA}'.length) === createHash('sha1').update(password).digest('base64');
  const [, salt] = /^\$apr1\$([^$]{1,8})\$/.exec(stored) ?? [];
  return salt !== undefined && apr1(password, salt) === stored;
}

const md5 = (...parts: readonly (Buffer | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest();
const LETTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Apache's variant of crypt's MD5. */
function apr1(password: string, salt: string): string {
  const key = Buffer.from(password, 'utf8');
  const second = md5(key, salt, key);
  const parts: Buffer[] = [key, Buffer.from(`$apr1$${salt}`)];
  for (let left = key.length; left > 0; left -= 16) parts.push(second.subarray(0, Math.min(left, 16)));
  for (let bits = key.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? Buffer.from([0]) : key.subarray(0, 1));
  let final = md5(...parts);
  for (let round = 0; round < 1000; round += 1) {
    const odd = (round & 1) === 1;
    const some = [odd ? key : final, ...(round % 3 ? [salt] : []), ...(round % 7 ? [key] : []), odd ? final : key];
    final = md5(...some);
  }
  const at = (index: number) => final[index] ?? 0;
  const groups = [
    [0, 6, 12],
    [1, 7, 13],
    [2, 8, 14],
    [3, 9, 15],
    [4, 10, 5],
  ].map(([a = 0, b = 0, c = 0]) => [(at(a) << 16) | (at(b) << 8) | at(c), 4] as const);
  const text = [...groups, [at(11), 2] as const].map(([value, count]) =>
    Array.from({ length: count }, (_, index) => LETTERS[(value >> (6 * index)) & 63]).join(''),
  );
  return `$apr1$${salt}$${text.join('')}`;
}
