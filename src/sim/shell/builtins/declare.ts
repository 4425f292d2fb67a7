import type { Waiting } from '../../kernel/wait.js';
import { quoteIfNeeded } from '../expand/quoting.js';
import { valueText } from '../expand/transforms.js';
import { assignArray } from '../run/assignments.js';
import { CommandFailure } from '../state/failures.js';
import type { Builtin, Shell } from '../state/shell.js';
import type { Attribute, Variable } from '../state/variable.js';
import { Variable as VariableClass } from '../state/variable.js';
import { complainAs, misuse } from './usage.js';

interface Request {
  readonly builtin: string;
  readonly on: Set<string>;
  readonly off: Set<string>;
  readonly rest: readonly string[];
  /** How many arguments stood before the names. */
  readonly skipped: number;
}

const ATTRIBUTES = 'rxinlut';

/** `declare`, `typeset`, `local`, `export`, `readonly`. */
export const declare: Builtin = function* (shell, args) {
  const builtin = args[0] as string;
  const request = readRequest(args);
  if (typeof request === 'string') return yield* misuse(shell, builtin, request);
  if (builtin === 'local' && !shell.variables.inFunction)
    return yield* complainAs(shell, 'local', 'can only be used in a function');
  const { on, rest } = request;
  if (on.has('f') || on.has('F')) return yield* functions(shell, request);
  if (on.has('p') && rest.length > 0) return yield* show(shell, request);
  if (rest.length === 0) return yield* list(shell, request);
  let status = 0;
  for (const [index, word] of rest.entries()) {
    const result = yield* declareOne(shell, request, word, index + request.skipped);
    if (result !== 0) status = result;
  }
  return status;
};

function readRequest(args: readonly string[]): Request | string {
  const builtin = args[0] as string;
  const known = builtin === 'export' ? 'fnp' : builtin === 'readonly' ? 'aAfp' : `aAfFgiIlnprtux`;
  const on = new Set<string>();
  const off = new Set<string>();
  let at = 1;
  for (; at < args.length; at += 1) {
    const arg = args[at] as string;
    if (arg === '--') {
      at += 1;
      break;
    }
    if (!/^[-+]./.test(arg)) break;
    for (const letter of arg.slice(1)) {
      if (!known.includes(letter)) return `${arg[0]}${letter}: invalid option`;
      if (builtin === 'export' && letter === 'n') off.add('x');
      else (arg[0] === '-' ? on : off).add(letter);
    }
  }
  if (builtin === 'export' && !off.has('x')) on.add('x');
  if (builtin === 'readonly') on.add('r');
  return { builtin, on, off, rest: args.slice(at), skipped: at };
}

function* declareOne(shell: Shell, request: Request, word: string, place: number): Waiting<number> {
  const { builtin, on } = request;
  const match = /^([A-Za-z_]\w*)(?:\[(.*?)\])?(?:(\+?=)([\s\S]*))?$/s.exec(word);
  if (!match) return yield* complainAs(shell, builtin, `\`${word}': not a valid identifier`);
  const [, name = '', subscript, operator, value] = match;
  const given = shell.arrayArguments?.get(place);
  try {
    const variable = target(shell, request, name);
    const problem = applyKind(variable, on, name);
    if (problem) return yield* complainAs(shell, builtin, problem);
    const attributed = changeAttributes(shell, request, variable, name, operator !== undefined);
    if (attributed) return yield* complainAs(shell, builtin, attributed);
    let list = given;
    if (!list && value !== undefined && /^\(.*\)$/s.test(value) && (variable.items || on.has('a') || on.has('A')))
      list = yield* shell.runner.arrayValues(shell, value);
    const wasReadonly = variable.attributes.delete('r');
    try {
      if (list) assignInto(shell, request, name, variable, () => assignArray(shell, name, list, operator === '+='));
      else if (operator !== undefined)
        assignInto(shell, request, name, variable, () =>
          assignValue(shell, on, name, subscript, value as string, operator === '+='),
        );
    } finally {
      if (wasReadonly || on.has('r')) variable.attributes.add('r');
    }
    return 0;
  } catch (error) {
    if (error instanceof CommandFailure) return yield* complainAs(shell, builtin, error.message, error.status);
    throw error;
  }
}

/** The variable that is meant: a local inside functions, the global one with -g, else whichever the name has. */
function target(shell: Shell, { builtin, on }: Request, name: string): Variable {
  const { variables } = shell;
  if (builtin === 'export' || builtin === 'readonly') {
    const resolved = variables.resolve(name).name;
    return variables.raw(resolved) ?? freshVariable(shell, resolved);
  }
  if (on.has('g')) return variables.global(name);
  if (variables.inFunction) {
    const outer = variables.find(name);
    const local = variables.declareLocal(name);
    if (on.has('I') && outer && local !== outer) local.value = outer.value;
    return local;
  }
  if (on.has('n')) return variables.ensure(name);
  return variables.ensure(variables.resolve(name).name);
}

function freshVariable(shell: Shell, name: string): Variable {
  const variable = new VariableClass();
  shell.variables.define(name, variable);
  return variable;
}

function applyKind(variable: Variable, on: ReadonlySet<string>, name: string): string | undefined {
  if (on.has('A')) {
    if (variable.items && !variable.associative) return `${name}: cannot convert indexed to associative array`;
    variable.makeAssociative();
  } else if (on.has('a')) {
    if (variable.associative) return `${name}: cannot convert associative to indexed array`;
    variable.makeIndexed();
  }
  return undefined;
}

function changeAttributes(
  shell: Shell,
  { on, off }: Request,
  variable: Variable,
  name: string,
  assigns: boolean,
): string | undefined {
  if (variable.has('r')) {
    if (off.has('r')) return `${name}: readonly variable`;
    if (
      assigns ||
      [...on].some(
        (letter) => 'aAilnu'.includes(letter) && !variable.has(letter as Attribute) && letter !== 'a' && letter !== 'A',
      )
    )
      return `${name}: readonly variable`;
  }
  if (on.has('n') && variable.items) return `${name}: reference variable cannot be an array`;
  for (const letter of ATTRIBUTES) {
    if (on.has(letter)) variable.attributes.add(letter as Attribute);
    if (off.has(letter)) variable.attributes.delete(letter as Attribute);
  }
  if (on.has('l')) variable.attributes.delete('u');
  if (on.has('u')) variable.attributes.delete('l');
  void shell;
  return undefined;
}

function assignValue(
  shell: Shell,
  on: ReadonlySet<string>,
  name: string,
  subscript: string | undefined,
  value: string,
  append: boolean,
): void {
  if (on.has('n')) {
    if (!/^[A-Za-z_]\w*(?:\[.*\])?$/s.test(value))
      throw new CommandFailure(`\`${value}': invalid variable name for name reference`);
    if (value === name) throw new CommandFailure(`${name}: nameref variable self references not allowed`);
    shell.variables.ensure(name).value = value;
    return;
  }
  if (subscript !== undefined) shell.variables.setElement(name, subscript, value, append);
  else shell.variables.set(name, value, append);
}

/** With -g inside a function that has a local of the name, the assignment goes past it. */
function assignInto(shell: Shell, { on }: Request, name: string, variable: Variable, action: () => void): void {
  const current = shell.variables.raw(name);
  if (!on.has('g') || current === variable || !current) return action();
  shell.variables.define(name, variable);
  try {
    action();
  } finally {
    shell.variables.define(name, current);
  }
}

/** A variable as `declare -p` prints it. */
function declaration(name: string, variable: Variable): string {
  const empty = variable.items?.size === 0 && !variable.assigned;
  const value = empty
    ? undefined
    : variable.has('n')
      ? variable.value === undefined
        ? undefined
        : `"${variable.value}"`
      : valueText(variable);
  return `declare -${variable.letters().replace(/^-$/, '-')} ${name}${value === undefined ? '' : `=${value}`}\n`;
}

function* show(shell: Shell, { builtin, rest }: Request): Waiting<number> {
  let status = 0;
  let text = '';
  for (const name of rest) {
    const variable = shell.variables.raw(name);
    if (variable) text += declaration(name, variable);
    else {
      yield* shell.print(builtin, text);
      text = '';
      status = yield* complainAs(shell, builtin, `${name}: not found`);
    }
  }
  yield* shell.print(builtin, text);
  return status;
}

function* list(shell: Shell, { builtin, on, off }: Request): Waiting<number> {
  const { variables } = shell;
  const wanted = [...on].filter((letter) => 'aAilnrux'.includes(letter));
  const names = builtin === 'local' ? variables.localNames() : variables.names();
  let text = '';
  for (const name of names) {
    const variable = variables.raw(name) as Variable;
    if (!wanted.every((letter) => variable.letters().includes(letter))) continue;
    if (builtin === 'local' || (wanted.length === 0 && !on.has('p') && off.size === 0)) {
      if (variable.isSet) text += plainLine(name, variable);
    } else if (variable.isSet || wanted.length > 0) text += declaration(name, variable);
  }
  if (wanted.length === 0 && !on.has('p') && builtin !== 'local') {
    for (const name of [...shell.functions.keys()].sort()) text += `${shell.functions.get(name)?.print()}\n`;
  }
  return yield* shell.print(builtin, text);
}

/** A line of `set`. */
export function plainLine(name: string, variable: Variable): string {
  const array = variable.items || variable.computeItems;
  return `${name}=${array ? valueText(variable) : quoteIfNeeded(variable.read() ?? '').replace(/^''$/, '')}\n`;
}

function* functions(shell: Shell, { builtin, on, off, rest }: Request): Waiting<number> {
  const namesOnly = on.has('F');
  if (rest.length === 0) {
    const names = [...shell.functions.keys()].sort();
    const lines = names.map((name) =>
      namesOnly
        ? `declare -f${shell.exportedFunctions.has(name) ? 'x' : ''} ${name}\n`
        : `${shell.functions.get(name)?.print()}\n`,
    );
    return yield* shell.print(builtin, lines.join(''));
  }
  let status = 0;
  for (const name of rest) {
    const definition = shell.functions.get(name);
    if (!definition) {
      if (builtin === 'declare' || builtin === 'typeset') status = 1;
      else status = yield* complainAs(shell, builtin, `${name}: not a function`);
    } else if (on.has('x')) shell.exportedFunctions.add(name);
    else if (off.has('x')) shell.exportedFunctions.delete(name);
    else if (on.has('r')) shell.readonlyFunctions.add(name);
    else if (namesOnly)
      yield* shell.print(
        builtin,
        shell.options.on('extdebug') ? `${name} ${definition.line} ${definition.file}\n` : `${name}\n`,
      );
    else yield* shell.print(builtin, `${definition.print()}\n`);
  }
  return status;
}

/** `unset`. */
export const unset: Builtin = function* (shell, args) {
  let status = 0;
  let mode = '';
  let at = 1;
  for (; /^-./.test(args[at] ?? '') && args[at] !== '--'; at += 1) {
    const wrong = /[^fvn]/.exec((args[at] as string).slice(1))?.[0];
    if (wrong) return yield* misuse(shell, 'unset', `-${wrong}: invalid option`);
    mode += (args[at] as string).slice(1);
  }
  if (args[at] === '--') at += 1;
  if (mode.includes('f') && mode.includes('v'))
    return yield* complainAs(shell, 'unset', 'cannot simultaneously unset a function and a variable');
  for (const name of args.slice(at)) {
    try {
      const problem = unsetOne(shell, name, mode);
      if (problem) status = yield* complainAs(shell, 'unset', problem);
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      status = yield* complainAs(shell, 'unset', error.message);
    }
  }
  return status;
};

function unsetOne(shell: Shell, name: string, mode: string): string | undefined {
  if (mode.includes('f')) {
    if (shell.readonlyFunctions.has(name)) return `${name}: cannot unset: readonly function`;
    shell.functions.delete(name);
    return undefined;
  }
  const element = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(name);
  if (element) {
    shell.variables.unsetElement(
      shell.variables.resolve(element[1] as string).name,
      (element[2] as string).replace(/^(["'])(.*)\1$/s, '$2'),
    );
    return undefined;
  }
  if (!/^[A-Za-z_]\w*$/.test(name)) return mode.includes('v') ? `\`${name}': not a valid identifier` : undefined;
  if (mode.includes('n')) {
    if (shell.variables.raw(name)?.has('n')) shell.variables.unset(name);
    return undefined;
  }
  const target = shell.variables.resolve(name);
  if (target.subscript !== undefined) shell.variables.unsetElement(target.name, target.subscript);
  else if (!shell.variables.unset(target.name) && !mode.includes('v')) shell.functions.delete(name);
  return undefined;
}
