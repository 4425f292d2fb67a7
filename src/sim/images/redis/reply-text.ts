import type { Reply } from './resp.js';
import { readableOf } from './resp.js';

/** An answer as redis-cli prints it into pipes and files. */
export function rawText(reply: Reply): string {
  if (reply === null) return '';
  if (typeof reply === 'number') return String(reply);
  if (typeof reply === 'string') return readableOf(reply);
  if ('status' in reply) return reply.status;
  if ('error' in reply) return `${reply.error}\n`;
  return reply.map(rawText).join('\n');
}

/** An answer as redis-cli prints it for people, with a newline. */
export function prettyText(reply: Reply, indent = ''): string {
  if (reply === null) return '(nil)\n';
  if (typeof reply === 'number') return `(integer) ${reply}\n`;
  if (typeof reply === 'string') return `${quoted(reply)}\n`;
  if ('status' in reply) return `${reply.status}\n`;
  if ('error' in reply) return `(error) ${reply.error}\n`;
  if (reply.length === 0) return '(empty array)\n';
  const width = String(reply.length).length;
  const inner = `${indent}${' '.repeat(width + 2)}`;
  return reply
    .map((item, at) => `${at === 0 ? '' : indent}${String(at + 1).padStart(width)}) ${prettyText(item, inner)}`)
    .join('');
}

const NAMES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\x07': '\\a',
  '\b': '\\b',
  '"': '\\"',
  '\\': '\\\\',
};

/** A text in quotes, with what cannot be shown as escapes; one character stands for one byte. */
function quoted(text: string): string {
  const shown = text.replace(/[^\x20-\x7e]|["\\]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, '0');
    return NAMES[character] ?? `\\x${code}`;
  });
  return `"${shown}"`;
}
