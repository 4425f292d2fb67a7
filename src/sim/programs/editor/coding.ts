import type { Bytes } from '../../kernel/bytes.js';
import { encodeText } from '../../kernel/bytes.js';

/** How a file's bytes stand for lines. */
export interface Coding {
  readonly format: 'unix' | 'dos';
  readonly encoding: 'utf-8' | 'latin1';
  /** The last line ends in a newline. */
  readonly endOfLine: boolean;
}

/** How a new text is written: UTF-8, newlines, one behind the last line too. */
export const PLAIN: Coding = { format: 'unix', encoding: 'utf-8', endOfLine: true };

/** The lines of a file, none for an empty one: UTF-8 where it is, latin1 where not, so that nothing is lost. */
export function decodeLines(bytes: Bytes): { lines: string[]; coding: Coding } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = buffer.toString('utf8');
  const encoding = text.includes('\ufffd') && !Buffer.from(text, 'utf8').equals(buffer) ? 'latin1' : 'utf-8';
  if (encoding === 'latin1') text = buffer.toString('latin1');
  if (text === '') return { lines: [], coding: { format: 'unix', encoding, endOfLine: true } };
  const endOfLine = text.endsWith('\n');
  const lines = (endOfLine ? text.slice(0, -1) : text).split('\n');
  const dos = endOfLine && lines.every((line) => line.endsWith('\r'));
  return {
    lines: dos ? lines.map((line) => line.slice(0, -1)) : lines,
    coding: { format: dos ? 'dos' : 'unix', encoding, endOfLine },
  };
}

/** The bytes of a file with these lines. */
export function encodeLines(lines: readonly string[], coding: Coding): Bytes {
  const newline = coding.format === 'dos' ? '\r\n' : '\n';
  const text = lines.length === 0 ? '' : lines.join(newline) + (coding.endOfLine ? newline : '');
  return coding.encoding === 'latin1' && !/[^\x00-\xff]/.test(text) ? Buffer.from(text, 'latin1') : encodeText(text);
}
