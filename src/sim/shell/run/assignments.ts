import type { Assignment, Word } from 'unbash';
import type { Waiting } from '../../kernel/wait.js';
import type { WordContext } from '../expand/compile-word.js';
import { compileQuotedText, compileText, compileWord, compileWords } from '../expand/compile-word.js';
import type { CompiledWord } from '../expand/word.js';
import { addFieldsWaiting, assemble, expandSingle } from '../expand/word.js';
import { CommandFailure } from '../state/failures.js';
import type { ArrayValuePair, Shell } from '../state/shell.js';
import { quoteTraced } from './tracing.js';

interface CompiledElement {
  readonly subscript: CompiledWord | undefined;
  readonly append: boolean;
  readonly value: CompiledWord;
}

/** `name=value`, `name[index]=value`, `name=(values)`, each also with `+=`. */
export interface CompiledAssignment {
  readonly name: string;
  readonly append: boolean;
  readonly index: CompiledWord | undefined;
  readonly value: CompiledWord | undefined;
  readonly elements: readonly CompiledElement[] | undefined;
  readonly waits: boolean;
  readonly source: string;
}

/** Compiles an assignment. */
export function compileAssignment(node: Assignment, context: WordContext): CompiledAssignment {
  const inner = { ...context, assignment: true };
  const index = node.index && compileSubscript(node.index.text, context);
  const common = { name: node.name, append: node.append ?? false, index, source: node.text };
  if (node.value.type === 'ArrayValue') {
    const elements = compileElements(node.value.elements, inner);
    return { ...common, value: undefined, elements, waits: true };
  }
  const value = compileWord(node.value, inner);
  return { ...common, value, elements: undefined, waits: value.waits || (index?.waits ?? false) };
}

/** Compiles the words between an array assignment's parentheses. */
export function compileElements(words: readonly Word[], context: WordContext): CompiledElement[] {
  return words.flatMap((word): CompiledElement[] => {
    const end = subscriptEnd(word.text);
    if (end === undefined)
      return compileWords([word], { ...context, assignment: false }).map((value) => ({
        subscript: undefined,
        append: false,
        value,
      }));
    const append = word.text[end] === '+';
    const subscript = compileSubscript(word.text.slice(1, end - 1), context);
    return [{ subscript, append, value: compileText(word.text.slice(end + (append ? 2 : 1)), context) }];
  });
}

/** Where `[…]` of `[…]=value` ends, or undefined when the word has no subscript. */
function subscriptEnd(text: string): number | undefined {
  if (!text.startsWith('[')) return undefined;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === "'" || char === '"') at = Math.max(text.indexOf(char, at + 1), at);
    else if (char === '[') depth += 1;
    else if (char === ']' && --depth === 0) return /^\+?=/.test(text.slice(at + 1)) ? at + 1 : undefined;
  }
  return undefined;
}

function compileSubscript(text: string, context: WordContext): CompiledWord {
  return /["']/.test(text) ? compileText(text, { ...context, assignment: false }) : compileQuotedText(text, context);
}

/** Makes an assignment. */
export function* assign(shell: Shell, assignment: CompiledAssignment): Waiting<void> {
  const { name, append, index, value, elements } = assignment;
  if (elements) return assignArray(shell, name, yield* arrayPairs(shell, elements), append);
  const subscript = index && cleanSubscript(yield* expandSingle(shell, index));
  const text = yield* expandSingle(shell, value as CompiledWord);
  if (subscript === undefined) shell.variables.set(name, text, append);
  else assignElement(shell, name, subscript, text, append);
}

/** Makes an assignment in which nothing can wait. */
export function assignNow(shell: Shell, assignment: CompiledAssignment): void {
  const { name, append, index } = assignment;
  const value = assignment.value as CompiledWord;
  const text = value.constant ?? assemble(shell, value, 'single').single;
  if (!index) shell.variables.set(name, text, append);
  else assignElement(shell, name, cleanSubscript(assemble(shell, index, 'single').single), text, append);
}

function cleanSubscript(text: string): string {
  return text.replace(/\n$/, '');
}

function assignElement(shell: Shell, name: string, subscript: string, text: string, append: boolean): void {
  const associative = shell.variables.find(name)?.associative;
  if (subscript.trim() === '' && !(associative && subscript !== ''))
    throw new CommandFailure(`${name}[${subscript}]: bad array subscript`, 1, 'command');
  shell.variables.setElement(name, subscript, text, append);
}

/** Expands the values of an array assignment. */
export function* arrayPairs(shell: Shell, elements: readonly CompiledElement[]): Waiting<ArrayValuePair[]> {
  const pairs: ArrayValuePair[] = [];
  for (const { subscript, append, value } of elements) {
    if (subscript) {
      const key = cleanSubscript(yield* expandSingle(shell, subscript));
      pairs.push({ subscript: key, append, value: yield* expandSingle(shell, value) });
      continue;
    }
    const fields: string[] = [];
    yield* addFieldsWaiting(shell, value, fields);
    for (const field of fields) pairs.push({ subscript: undefined, value: field });
  }
  return pairs;
}

/** Gives an array its values, or adds them. */
export function assignArray(shell: Shell, given: string, pairs: readonly ArrayValuePair[], append: boolean): void {
  const { name } = shell.variables.resolve(given);
  const variable = shell.variables.forWriting(name);
  if (variable.onAssign) return;
  variable.assigned = true;
  if (variable.associative) return assignAssociative(shell, name, pairs, append);
  const kept = append ? variable.makeIndexed() : undefined;
  if (!kept) {
    variable.value = undefined;
    variable.items = undefined;
    variable.makeIndexed();
  }
  let next = kept?.end ?? 0;
  for (const { subscript, value, append: add } of pairs) {
    const index = subscript === undefined ? next : shell.variables.index(name, subscript, variable);
    shell.variables.setElement(name, String(index), value, add ?? false);
    next = index + 1;
  }
}

function assignAssociative(shell: Shell, name: string, pairs: readonly ArrayValuePair[], append: boolean): void {
  const variable = shell.variables.forWriting(name);
  if (!append) {
    variable.items = undefined;
    variable.makeAssociative();
  }
  const keyed = pairs[0]?.subscript !== undefined;
  for (let at = 0; at < pairs.length; at += 1) {
    const { subscript, value, append: add } = pairs[at] as ArrayValuePair;
    if (subscript !== undefined) shell.variables.setElement(name, subscript, value, add ?? false);
    else if (keyed) throw new CommandFailure(`${name}: ${value}: must use subscript when assigning associative array`);
    else {
      shell.variables.setElement(name, value, pairs[at + 1]?.value ?? '');
      at += 1;
    }
  }
}

/** An assignment as `set -x` shows it. */
export function traceText(shell: Shell, { name, index, append, elements, source }: CompiledAssignment): string {
  if (elements) return source;
  const operator = append ? '+=' : '=';
  if (index) return `${source.slice(0, source.indexOf(']') + 1)}${operator}${shown(shell.variables.get(name) ?? '')}`;
  return `${name}${operator}${shown(shell.variables.get(name) ?? '')}`;
}

function shown(text: string): string {
  return text === '' ? '' : quoteTraced(text);
}
