import type { Waiting } from '../../kernel/wait.js';
import { CommandFailure } from '../state/failures.js';
import type { Shell } from '../state/shell.js';
import type { WordUse } from './builder.js';
import { WordBuilder } from './builder.js';
import { matchPathnames } from './pathnames.js';
import { hasPattern } from './pattern.js';

/** A piece of a word: it puts what it expands to into the builder, at once or in steps that may wait. */
export type Piece =
  | { readonly waits: false; readonly put: (shell: Shell, builder: WordBuilder) => void }
  | { readonly waits: true; readonly put: (shell: Shell, builder: WordBuilder) => Waiting<void> };

/** A word ready to be expanded. */
export interface CompiledWord {
  readonly pieces: readonly Piece[];
  /** Whether something in it runs a command. */
  readonly waits: boolean;
  /** What it always expands to, when that is so. */
  readonly constant: string | undefined;
  /** As it was written, for messages. */
  readonly source: string;
}

/** Expands a word where nothing in it can wait. */
export function assemble(shell: Shell, word: CompiledWord, use: WordUse): WordBuilder {
  const builder = new WordBuilder(use, separatorsOf(shell));
  for (const piece of word.pieces) piece.put(shell, builder);
  return builder;
}

/** Expands any word. */
function* assembleWaiting(shell: Shell, word: CompiledWord, use: WordUse): Waiting<WordBuilder> {
  const builder = new WordBuilder(use, separatorsOf(shell));
  for (const piece of word.pieces) {
    if (piece.waits) yield* piece.put(shell, builder);
    else piece.put(shell, builder);
  }
  return builder;
}

/** $IFS, or blanks when it is unset. */
export function separatorsOf(shell: Shell): string {
  return shell.variables.get('IFS') ?? ' \t\n';
}

/** The fields of a word for a command's arguments; file names matched. */
export function addFields(shell: Shell, word: CompiledWord, fields: string[]): void {
  if (word.constant !== undefined) fields.push(word.constant);
  else finishFields(shell, assemble(shell, word, 'fields'), fields);
}

/** The same for a word that may wait. */
export function* addFieldsWaiting(shell: Shell, word: CompiledWord, fields: string[]): Waiting<void> {
  if (word.waits) finishFields(shell, yield* assembleWaiting(shell, word, 'fields'), fields);
  else addFields(shell, word, fields);
}

/** Expands all words of a list. */
export function* expandWords(shell: Shell, words: readonly CompiledWord[]): Waiting<string[]> {
  const fields: string[] = [];
  for (const word of words) yield* addFieldsWaiting(shell, word, fields);
  return fields;
}

/** Expands a word to one text, without splitting. */
export function* expandSingle(shell: Shell, word: CompiledWord): Waiting<string> {
  if (word.constant !== undefined) return word.constant;
  return (word.waits ? yield* assembleWaiting(shell, word, 'single') : assemble(shell, word, 'single')).single;
}

/** Expands a word to a pattern (or a regular expression) in which quoted parts are literal. */
export function* expandPattern(
  shell: Shell,
  word: CompiledWord,
  use: 'pattern' | 'regex' | 'replacement' = 'pattern',
): Waiting<string> {
  return (word.waits ? yield* assembleWaiting(shell, word, use) : assemble(shell, word, use)).patternText;
}

function finishFields(shell: Shell, builder: WordBuilder, fields: string[]): void {
  builder.breakField();
  for (const { text, pattern } of builder.fields) {
    if (pattern === undefined || shell.options.has('noglob')) fields.push(text);
    else globField(shell, text, pattern, fields);
  }
}

function globField(shell: Shell, text: string, pattern: string, fields: string[]): void {
  const { options } = shell;
  const names = matchPathnames(shell.sys, pattern, {
    extglob: options.on('extglob'),
    ignoreCase: options.on('nocaseglob'),
    dots: options.on('dotglob'),
    globstar: options.on('globstar'),
  });
  const ignored = shell.variables.get('GLOBIGNORE');
  const kept = ignored ? names.filter((name) => !ignored.split(':').includes(name)) : names;
  if (kept.length > 0) fields.push(...kept);
  else if (options.on('failglob') && hasPattern(pattern, options.on('extglob')))
    throw new CommandFailure(`no match: ${text}`, 1, 'line');
  else if (!options.on('nullglob') || !hasPattern(pattern, options.on('extglob'))) fields.push(text);
}
