import type { Waiting } from '../../kernel/wait.js';
import { CommandFailure } from '../state/failures.js';
import type { Shell } from '../state/shell.js';
import type { ParameterValue } from './parameters.js';
import type { PatternOptions } from './pattern.js';
import { quoteIfNeeded, singleQuote } from './quoting.js';
import { changeCase, removeMatch, replaceMatch, sliceText, transformValue, valueText } from './transforms.js';
import type { CompiledWord } from './word.js';
import { expandPattern, expandSingle } from './word.js';

/** The operator of `${x…}` and its words, ready. */
export interface CompiledOperation {
  readonly type: string;
  readonly operator: string;
  readonly words: readonly (CompiledWord | undefined)[];
}

/** What the operation is done to, for messages and attributes. */
export interface Subject {
  readonly name: string;
  readonly subscript: string | undefined;
  readonly shown: string;
}

/** Whether `-`, `=`, `?`, `+` see no value. */
export function isUnset(value: ParameterValue): boolean {
  return value.kind === 'one' ? value.value === undefined : value.values.length === 0;
}

/** Applies an operator to a value, or to each of several. */
export function* applyOperation(
  shell: Shell,
  value: ParameterValue,
  operation: CompiledOperation,
  subject: Subject,
): Waiting<ParameterValue> {
  const { operator, words } = operation;
  const options: PatternOptions = { extglob: shell.options.on('extglob'), ignoreCase: false };
  switch (operation.type) {
    case 'Remove': {
      const pattern = yield* expandPattern(shell, words[0] as CompiledWord);
      return each(value, (text) => removeMatch(text, operator, pattern, options));
    }
    case 'Replace': {
      const pattern = yield* expandPattern(shell, words[0] as CompiledWord);
      const replacement = words[1] ? yield* replacementOf(shell, words[1]) : '';
      const caseOptions = { ...options, ignoreCase: shell.options.on('nocasematch') };
      return each(value, (text) => replaceMatch(text, operator, pattern, replacement, caseOptions));
    }
    case 'CaseModification': {
      const pattern = words[0] && (yield* expandPattern(shell, words[0]));
      return each(value, (text) => changeCase(text, operator, pattern, options));
    }
    case 'Slice':
      return yield* slice(shell, value, words, subject);
    case 'Transform':
      return yield* transform(shell, value, operator, subject);
    default:
      return value;
  }
}

function each(value: ParameterValue, change: (text: string) => string): ParameterValue {
  if (value.kind === 'many') return { ...value, values: value.values.map(change) };
  return value.value === undefined ? value : { kind: 'one', value: change(value.value) };
}

/** The replacement with its quoted `&` and backslashes marked. */
function* replacementOf(shell: Shell, word: CompiledWord): Waiting<string> {
  const marked = shell.options.on('patsub_replacement');
  if (!word.source.includes('&') && !word.source.includes('$'))
    return escapeAmpersand(yield* expandSingle(shell, word));
  if (!marked) return escapeAmpersand(yield* expandSingle(shell, word));
  const pattern = yield* expandPattern(shell, word, 'replacement');
  return pattern;
}

function escapeAmpersand(text: string): string {
  return text.replace(/[\\&]/g, '\\$&');
}

function* slice(
  shell: Shell,
  value: ParameterValue,
  words: readonly (CompiledWord | undefined)[],
  subject: Subject,
): Waiting<ParameterValue> {
  const [offsetWord, lengthWord] = words;
  const number = function* (word: CompiledWord): Waiting<number> {
    return Number(shell.variables.calculate(yield* expandSingle(shell, word)));
  };
  const offset = yield* number(offsetWord as CompiledWord);
  const length = lengthWord && (yield* number(lengthWord));
  if (value.kind === 'one') {
    return value.value === undefined
      ? value
      : { kind: 'one', value: sliceText(value.value, offset, length, lengthWord?.source ?? '') };
  }
  if (length !== undefined && length < 0)
    throw new CommandFailure(`${lengthWord?.source}: substring expression < 0`, 1, 'line');
  const values = sliceList(shell, value.values, offset, subject);
  return { ...value, values: length === undefined ? values : values.slice(0, length) };
}

/** Arrays are cut by index, `$@` by position with `$0` before the first. */
function sliceList(
  shell: Shell,
  values: readonly string[],
  offset: number,
  { name, subscript }: Subject,
): readonly string[] {
  if (subscript === undefined) {
    const all = [shell.name, ...values];
    const from = offset < 0 ? all.length + offset : offset;
    return from < 0 ? [] : all.slice(from);
  }
  const items = shell.variables.find(name)?.indexed;
  if (!items) return offset < 0 ? (values.length + offset < 0 ? [] : values.slice(offset)) : values.slice(offset);
  const from = offset < 0 ? items.end + offset : offset;
  return from < 0
    ? []
    : items
        .keys()
        .filter((key) => key >= from)
        .map((key) => items.get(key) as string);
}

function* transform(
  shell: Shell,
  value: ParameterValue,
  operator: string,
  { name, subscript }: Subject,
): Waiting<ParameterValue> {
  const variable = shell.variables.find(name);
  if (operator === 'P')
    return value.kind === 'one' && value.value !== undefined
      ? { kind: 'one', value: yield* shell.runner.expandPrompt(shell, value.value) }
      : value;
  if (value.kind === 'one') {
    if (operator === 'a') return { kind: 'one', value: variable ? variable.letters().replace('-', '') : undefined };
    if (value.value === undefined)
      return operator === 'A' && variable ? { kind: 'one', value: `declare -${variable.letters()} ${name}` } : value;
    return { kind: 'one', value: transformValue(operator, value.value, name, variable) };
  }
  const items = variable?.associative ?? variable?.indexed;
  if (operator === 'A') {
    if (subscript === undefined) return { kind: 'one', value: `set -- ${value.values.map(singleQuote).join(' ')}` };
    return { kind: 'one', value: variable ? `declare -${variable.letters()} ${name}=${valueText(variable)}` : '' };
  }
  if ((operator === 'K' || operator === 'k') && items) {
    const pairs = (items.keys() as (string | number)[]).map((key) => [
      quoteIfNeeded(String(key)),
      (items.get as (key: string | number) => string)(key),
    ]);
    if (operator === 'k') return { ...value, values: pairs.flat() };
    return {
      kind: 'one',
      value: pairs.map(([key, item]) => `${key} "${(item as string).replace(/[\\"$`]/g, '\\$&')}"`).join(' '),
    };
  }
  return each(value, (text) => transformValue(operator, text, name, variable));
}
