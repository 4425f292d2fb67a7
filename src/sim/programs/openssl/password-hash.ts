/** How passwords are kept: crypt(3) by MD5 and SHA-2, as apps/passwd.c does it. */
import { createHash } from 'node:crypto';
import { PREEMPT, type Waiting } from '../../kernel/wait.js';

/** Ways to hash a password, by their options. */
export type PasswordWay = '1' | 'apr1' | 'aixmd5' | '5' | '6';

/** The digits in which salts and hashes are written. */
export const SALT_DIGITS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const MAGIC: Readonly<Record<PasswordWay, string>> = {
  ...{ 1: '$1$', apr1: '$apr1$', aixmd5: '', 5: '$5$', 6: '$6$' },
};
const MD5_ROUNDS = 1000;
const ROUNDS = { usual: 5000, least: 1000, most: 999_999_999 };

/** How many digits of a salt count. */
export function saltLength(way: PasswordWay): number {
  return way === '5' || way === '6' ? 16 : 8;
}

/**
 * A password as it is kept; undefined for a salt that does not do. A salt may ask for a thousand million rounds: `charge`
 * counts them in thousands, and says when others are to have a turn.
 */
export function* hashPassword(
  way: PasswordWay,
  password: Buffer,
  salt: string,
  charge: () => boolean,
): Waiting<string | undefined> {
  if (way === '5' || way === '6') return yield* shaCrypt(way, password, salt, charge);
  return md5Crypt(MAGIC[way], password, salt);
}

type Part = Buffer | string;

function digest(algorithm: string, parts: readonly Part[]): Buffer {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** As many bytes as wanted of a block that is repeated. */
function stretched(block: Buffer, length: number): Buffer {
  return Buffer.concat(new Array<Buffer>(Math.ceil(length / block.length)).fill(block)).subarray(0, length);
}

function md5Crypt(magic: string, password: Buffer, given: string): string {
  const salt = given.slice(0, saltLength('1'));
  const inner = digest('md5', [password, salt, password]);
  const start: Part[] = [password, magic, salt, stretched(inner, password.length)];
  // A bit of the length takes a zero, no bit the first byte.
  for (let rest = password.length; rest > 0; rest >>= 1)
    start.push(rest & 1 ? Buffer.alloc(1) : password.subarray(0, 1));
  let sum = digest('md5', start);
  for (let round = 0; round < MD5_ROUNDS; round += 1) {
    sum = digest('md5', [
      round & 1 ? password : sum,
      ...(round % 3 ? [salt] : []),
      ...(round % 7 ? [password] : []),
      round & 1 ? sum : password,
    ]);
  }
  const groups = [0, 1, 2, 3, 4].map((at) => [at, at + 6, at === 4 ? 5 : at + 12] as const);
  const text = groups.map((group) => digits(sum, group, 4)).join('') + digits(sum, [undefined, undefined, 11], 2);
  return `${magic}${salt}$${text}`;
}

function* shaCrypt(
  way: '5' | '6',
  password: Buffer,
  given: string,
  charge: () => boolean,
): Waiting<string | undefined> {
  const [, count, rest] = /^rounds=\s*[+-]?(\d*)\$(.*)$/s.exec(given) ?? [];
  if (count === undefined && given.startsWith('rounds=')) return undefined;
  const rounds =
    count === undefined ? ROUNDS.usual : Math.min(ROUNDS.most, Math.max(ROUNDS.least, Number(count || '0')));
  const salt = (rest ?? given).slice(0, saltLength(way));
  if (salt === '') return undefined;
  const algorithm = way === '5' ? 'sha256' : 'sha512';
  const inner = digest(algorithm, [password, salt, password]);
  const start: Part[] = [password, salt, stretched(inner, password.length)];
  for (let left = password.length; left > 0; left >>= 1) start.push(left & 1 ? inner : password);
  let sum = digest(algorithm, start);
  const passwords = stretched(digest(algorithm, new Array<Buffer>(password.length).fill(password)), password.length);
  const salts = new Array<string>(16 + (sum[0] as number)).fill(salt);
  const salted = stretched(digest(algorithm, salts), Buffer.byteLength(salt));
  for (let round = 0; round < rounds; round += 1) {
    if (round % 1000 === 999 && charge()) yield PREEMPT;
    sum = digest(algorithm, [
      round & 1 ? passwords : sum,
      ...(round % 3 ? [salted] : []),
      ...(round % 7 ? [passwords] : []),
      round & 1 ? sum : passwords,
    ]);
  }
  const told = count === undefined ? '' : `rounds=${rounds}$`;
  return `${MAGIC[way]}${told}${salt}$${shaDigits(way, sum)}`;
}

/** Which bytes come together in the first three groups; all others are those further on. */
const GROUPS = {
  5: [
    [0, 10, 20],
    [21, 1, 11],
    [12, 22, 2],
  ],
  6: [
    [0, 21, 42],
    [22, 43, 1],
    [44, 2, 23],
  ],
} as const;

function shaDigits(way: '5' | '6', sum: Buffer): string {
  const count = way === '5' ? 10 : 21;
  const groups = Array.from({ length: count }, (_, group) => {
    const by = group - (group % 3);
    return GROUPS[way][(group % 3) as 0 | 1 | 2].map((place) => place + by);
  });
  const rest = way === '5' ? digits(sum, [undefined, 31, 30], 3) : digits(sum, [undefined, undefined, 63], 2);
  return groups.map((group) => digits(sum, group, 4)).join('') + rest;
}

/** Three bytes, the highest first, as digits, the lowest first. */
function digits(sum: Buffer, places: readonly (number | undefined)[], count: number): string {
  let value = places.reduce<number>((all, place) => all * 256 + (place === undefined ? 0 : (sum[place] as number)), 0);
  let text = '';
  for (let at = 0; at < count; at += 1) {
    text += SALT_DIGITS[value & 63];
    value = Math.floor(value / 64);
  }
  return text;
}
