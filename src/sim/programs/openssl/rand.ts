import { print } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { Misuse, readOptions } from './options.js';

const OPTIONS = { base64: 'flag', hex: 'flag', out: 'value' } as const;
const BYTES_MAX = 16 * 1024 * 1024;

/** `openssl rand`: bytes by chance, as they are or as text. */
export function* rand(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = readOptions(words, OPTIONS);
  const [count = '0', ...more] = options.operands;
  if (more.length > 0) throw new Misuse('');
  if (!/^\d+$/.test(count) || Number(count) > BYTES_MAX) throw new Misuse(`Can't parse "${count}" as a number`);
  const bytes = Buffer.from(sys.random().bytes(Number(count)));
  const text = options.has('hex')
    ? `${bytes.toString('hex')}\n`
    : options.has('base64')
      ? (bytes.toString('base64').match(/.{1,64}/g) ?? []).map((line) => `${line}\n`).join('')
      : undefined;
  const path = options.value('out');
  if (path !== undefined) sys.writeFile(path, text === undefined ? bytes : Buffer.from(text));
  else if (text === undefined) yield* sys.write(1, bytes);
  else yield* print(sys, text);
  return 0;
}
