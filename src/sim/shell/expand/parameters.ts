import { CommandFailure } from '../state/failures.js';
import { SET_OPTIONS } from '../state/options.js';
import type { Shell } from '../state/shell.js';

/** What a parameter is: one value (undefined: unset), or several (`$@`, `${a[*]}`). */
export type ParameterValue =
  | { readonly kind: 'one'; readonly value: string | undefined }
  | { readonly kind: 'many'; readonly values: readonly string[]; readonly star: boolean };

/** `$-`. */
function optionLetters(shell: Shell): string {
  let letters = '';
  for (const [name, letter] of [...SET_OPTIONS].sort(([, one], [, other]) => order(one) - order(other))) {
    if (letter && shell.options.has(name)) letters += letter;
  }
  const interactive = shell.interactive ? 'i' : '';
  const text = insertInteractive(letters, interactive);
  return text + (shell.commandString !== undefined ? 'c' : '') + (shell.readsInput ? 's' : '');
}

const LETTER_ORDER = 'abefhikmnprtuvxBCEHPT';

function order(letter: string): number {
  return letter === '' ? 99 : LETTER_ORDER.indexOf(letter);
}

function insertInteractive(letters: string, interactive: string): string {
  if (!interactive) return letters;
  const at = [...letters].findIndex((letter) => order(letter) > order('i'));
  return at < 0 ? `${letters}i` : `${letters.slice(0, at)}i${letters.slice(at)}`;
}

/** The value of `$name` for names that are no variables; null: it is one. */
function special(shell: Shell, name: string): string | undefined | null {
  switch (name) {
    case '?':
      return String(shell.status);
    case '#':
      return String(shell.positional.length);
    case '$':
      return String(shell.mainPid);
    case '!':
      return shell.lastBackground === undefined ? undefined : String(shell.lastBackground);
    case '-':
      return optionLetters(shell);
    case '0':
      return shell.name;
    case '_':
      return shell.lastArgument;
    default:
      return /^\d/.test(name) ? shell.positional[Number(name) - 1] : null;
  }
}

/** One value by name: special parameters, positional ones, variables. */
export function scalarOf(shell: Shell, name: string): string | undefined {
  const first = name.charCodeAt(0);
  const letter = (first >= 97 && first <= 122) || (first >= 65 && first <= 90);
  if (letter || (name.length > 1 && first === 95)) return shell.variables.get(name);
  const value = special(shell, name);
  return value === null ? shell.variables.get(name) : value;
}

/** Any parameter; `subscript` is the expanded text between the brackets. */
export function parameterOf(shell: Shell, name: string, subscript: string | undefined): ParameterValue {
  if (subscript === undefined) {
    if (name === '@' || name === '*') return { kind: 'many', values: shell.positional, star: name === '*' };
    const target = shell.variables.raw(name)?.has('n') ? shell.variables.resolve(name) : undefined;
    if (target?.subscript === '@' || target?.subscript === '*')
      return parameterOf(shell, target.name, target.subscript);
    return { kind: 'one', value: scalarOf(shell, name) };
  }
  if (subscript === '@' || subscript === '*')
    return { kind: 'many', values: elementsOf(shell, name), star: subscript === '*' };
  return { kind: 'one', value: shell.variables.element(name, subscript) };
}

/** All values of an array; a scalar is an array of one. */
function elementsOf(shell: Shell, name: string): readonly string[] {
  const variable = shell.variables.find(name);
  if (!variable) return [];
  const items = variable.associative ?? variable.indexed;
  if (items) return items.values();
  const value = variable.read();
  return value === undefined ? [] : [value];
}

/** The subscripts of an array. */
export function subscriptsOf(shell: Shell, name: string): readonly string[] {
  const variable = shell.variables.find(name);
  if (!variable) return [];
  if (variable.associative) return variable.associative.keys();
  const items = variable.indexed;
  if (items) return items.keys().map(String);
  return variable.read() === undefined ? [] : ['0'];
}

/** Throws as `set -u` demands. */
export function refuseUnset(shell: Shell, name: string): void {
  if (shell.options.has('nounset')) throw new CommandFailure(`${name}: unbound variable`, 127, 'shell');
}
