import type { Waiting } from '../../kernel/wait.js';
import type { OpenQuote } from '../history/expand.js';
import { expandHistory } from '../history/expand.js';
import { remember } from '../history/file.js';
import { readOptions } from '../run/text.js';
import type { Shell } from '../state/shell.js';
import { readCommand } from '../syntax/reader.js';

/**
 * History expansion of what was typed after the lines `before` of the same command, line by line: a paste may bring several.
 * Undefined when nothing of it is to be run.
 */
export function* withHistory(shell: Shell, before: string, typed: string): Waiting<string | undefined> {
  if (!shell.options.has('histexpand')) return typed;
  const kept: string[] = [];
  for (const line of typed.split('\n')) {
    const expanded = /!|^\^/.test(line)
      ? yield* expandLine(shell, line, missing(shell, before + kept.map((one) => `${one}\n`).join('')))
      : line;
    if (expanded !== undefined) kept.push(expanded);
  }
  return kept.length === 0 ? undefined : kept.join('\n');
}

/** What the reader misses at the end of a text, in its words; undefined between commands. */
function missing(shell: Shell, text: string): string | undefined {
  for (let from = 0; from < text.length; ) {
    const verdict = readCommand(text, from, readOptions(shell, false));
    if (verdict.kind === 'unfinished') return verdict.complaint.words;
    from = Math.max(verdict.end, from + 1);
  }
  return undefined;
}

/** The quote that a text leaves open, told from what it misses: the innermost, if it is a quote. */
function openQuote(words: string | undefined): OpenQuote {
  if (words?.endsWith("matching `''")) return "'";
  return words?.endsWith('matching `"\'') ? '"' : undefined;
}

/** One line expanded, as far as what the lines before it miss lets it be: nothing is in a here-document. */
function* expandLine(shell: Shell, line: string, words: string | undefined): Waiting<string | undefined> {
  if (words === 'here-document') return line;
  const expanded = expandHistory(line, shell.history, shell.historyBase, openQuote(words));
  if (expanded.kind === 'same') return line;
  if (expanded.kind === 'wrong') {
    yield* shell.write(2, `${shell.sourceName}: ${expanded.words}\n`);
    return undefined;
  }
  yield* shell.write(2, `${expanded.text}\n`);
  if (!expanded.printOnly) return expanded.text;
  remember(shell, expanded.text);
  return undefined;
}
