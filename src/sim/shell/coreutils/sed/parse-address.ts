import type { Pattern } from '../../../kernel/libc/regex/pattern.js';
import { compilePattern } from '../../../kernel/libc/regex/pattern.js';
import { PatternError } from '../../../kernel/libc/regex/pattern-text.js';
import type { Address } from './script.js';
import type { ScriptReader } from './script-reader.js';

/** Reads one address when there is one; `second` allows `+N` and `~N`. */
export function parseAddress(reader: ScriptReader, extended: boolean, second = false): Address | undefined {
  const char = reader.char;
  if (char === '$') {
    reader.take();
    return { kind: 'last' };
  }
  if (char === '/' || char === '\\') return patternAddress(reader, extended);
  if (second && (char === '+' || char === '~')) {
    reader.take();
    const count = reader.number();
    if (count === undefined) throw reader.error("unexpected `,'");
    return char === '+' ? { kind: 'plus', count } : { kind: 'multiple', of: count };
  }
  const line = reader.number();
  if (line === undefined) return undefined;
  reader.skipBlanks();
  if (reader.char !== '~') return { kind: 'line', line };
  reader.take();
  reader.skipBlanks();
  const step = reader.number() ?? 0;
  return step === 0 ? { kind: 'line', line } : { kind: 'step', first: line, step };
}

function patternAddress(reader: ScriptReader, extended: boolean): Address {
  if (reader.take() === '\\') reader.take();
  const delimiter = reader.text[reader.at - 1] as string;
  const text = readDelimited(reader, delimiter, true);
  if (text === undefined) throw reader.error('unterminated address regex');
  let ignoreCase = false;
  let multiline = false;
  for (;;) {
    if (reader.char === 'I') ignoreCase = true;
    else if (reader.char === 'M') multiline = true;
    else break;
    reader.take();
  }
  return { kind: 'pattern', pattern: compileSed(reader, text, extended, ignoreCase, multiline) };
}

/** Text up to the delimiter, which is used up; undefined when it never comes. In patterns brackets do not protect it. */
export function readDelimited(reader: ScriptReader, delimiter: string, pattern: boolean): string | undefined {
  let text = '';
  for (;;) {
    const char = reader.take();
    if (char === undefined) {
      reader.at = reader.text.length;
      return undefined;
    }
    if (char === delimiter) return text;
    if (char === '\n' && pattern) {
      return undefined;
    }
    if (char !== '\\') {
      text += char;
      continue;
    }
    const next = reader.take();
    if (next === undefined) {
      reader.at = reader.text.length;
      return undefined;
    }
    if (next === delimiter)
      text += /[.*[\]^$+?(){}|\\&]/.test(delimiter) && pattern ? `\\${next}` : pattern || next !== '&' ? next : '\\&';
    else if (next === '\n' && pattern) text += '\n';
    else text += `\\${next}`;
  }
}

/** Compiles a pattern; an empty one means the one used last. */
export function compileSed(
  reader: ScriptReader,
  text: string,
  extended: boolean,
  ignoreCase: boolean,
  multiline: boolean,
): Pattern | undefined {
  if (text === '') return undefined;
  try {
    return compilePattern(text, { syntax: extended ? 'extended' : 'basic', ignoreCase, multiline, escapes: 'sed' });
  } catch (thrown) {
    if (thrown instanceof PatternError) throw reader.error(thrown.message);
    throw thrown;
  }
}
