import type { Bytes } from '../../kernel/bytes.js';
import { textToBytes } from './byte-text.js';
import { readEscape } from './escapes.js';

/**
 * What `echo` prints for its arguments. `escapes`: whether backslashes are read without `-e` (bash's xpg_echo).
 */
export function formatEcho(
  args: readonly string[],
  options: { escapes?: boolean; dialect?: 'bash' | 'coreutils' } = {},
): Bytes {
  let escapes = options.escapes ?? false;
  let newline = true;
  let first = 0;
  while (/^-[neE]+$/.test(args[first] ?? '')) {
    for (const flag of (args[first] as string).slice(1)) {
      if (flag === 'n') newline = false;
      else escapes = flag === 'e';
    }
    first += 1;
  }
  const text = args.slice(first).join(' ');
  const end = newline ? '\n' : '';
  if (!escapes || !text.includes('\\')) return textToBytes(text + end);
  const rules = { dialect: options.dialect ?? 'bash', where: 'echo' } as const;
  let result = '';
  for (let at = 0; at < text.length; ) {
    if (text[at] !== '\\') {
      result += text[at];
      at += 1;
      continue;
    }
    const read = readEscape(text, at, rules);
    if (read.stop) return textToBytes(result);
    result += read.text;
    at = read.next;
  }
  return textToBytes(result + end);
}
