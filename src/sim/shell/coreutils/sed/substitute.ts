import type { Pattern } from '../../../kernel/libc/regex/pattern.js';
import type { ReplacementPart, Substitution } from './script.js';

/** Carries out an `s` command; undefined when nothing matched (or not often enough). */
export function substitute(text: string, pattern: Pattern, command: Substitution): string | undefined {
  let result = '';
  let from = 0;
  let count = 0;
  let changed = false;
  let lastMatchEnd = -1;
  for (let at = 0; at <= text.length; ) {
    const match = pattern.exec(text, at);
    if (!match) break;
    const end = match.index + match[0].length;
    // Nothing empty is found right behind the last match.
    if (match[0] === '' && match.index === lastMatchEnd) {
      at = nextIndex(text, end);
      continue;
    }
    count += 1;
    lastMatchEnd = end;
    if (count >= command.nth) {
      result += text.slice(from, match.index) + replacementText(match, command.parts);
      from = end;
      changed = true;
      if (!command.all) break;
    }
    at = match[0] === '' ? nextIndex(text, end) : end;
  }
  return changed ? result + text.slice(from) : undefined;
}

function nextIndex(text: string, at: number): number {
  const code = text.codePointAt(at) ?? 0;
  return at + (code > 0xffff ? 2 : 1);
}

function replacementText(match: RegExpExecArray, parts: readonly ReplacementPart[]): string {
  let result = '';
  let lasting: 'L' | 'U' | undefined;
  let once: 'l' | 'u' | undefined;
  for (const part of parts) {
    if (part.kind === 'case') {
      if (part.change === 'l' || part.change === 'u') once = part.change;
      else {
        lasting = part.change === 'E' ? undefined : part.change;
        if (part.change === 'E') once = undefined;
      }
      continue;
    }
    let text = part.kind === 'text' ? part.text : (match[part.group] ?? '');
    if (lasting) text = lasting === 'L' ? text.toLowerCase() : text.toUpperCase();
    if (once && text !== '') {
      const [first = ''] = text;
      text = (once === 'l' ? first.toLowerCase() : first.toUpperCase()) + text.slice(first.length);
      once = undefined;
    }
    result += text;
  }
  return result;
}
