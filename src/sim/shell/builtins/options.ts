import type { Waiting } from '../../kernel/wait.js';
import type { SetOption, ShoptOption } from '../state/options.js';
import { optionOfLetter, SET_OPTIONS, SHOPT_OPTIONS } from '../state/options.js';
import type { Builtin, Shell } from '../state/shell.js';
import { plainLine } from './declare.js';
import { complainAs, misuse } from './usage.js';

/** `set`. */
export const set: Builtin = function* (shell, args) {
  if (args.length === 1) {
    const names = shell.variables.names().filter((name) => shell.variables.raw(name)?.isSet);
    let text = names.map((name) => plainLine(name, shell.variables.raw(name) as never)).join('');
    for (const name of [...shell.functions.keys()].sort()) text += `${shell.functions.get(name)?.print()}\n`;
    return yield* shell.print('set', text);
  }
  let at = 1;
  for (; at < args.length; at += 1) {
    const arg = args[at] as string;
    if (arg === '--') {
      shell.positional = args.slice(at + 1);
      return 0;
    }
    if (arg === '-') {
      shell.options.set.delete('xtrace');
      shell.options.set.delete('verbose');
      at += 1;
      break;
    }
    if (!/^[-+]./.test(arg)) break;
    const result = yield* applyLetters(shell, arg, args[at + 1]);
    if (typeof result === 'number') return result;
    if (result === 'took next') at += 1;
  }
  if (at < args.length) shell.positional = args.slice(at);
  return 0;
};

function* applyLetters(shell: Shell, arg: string, next: string | undefined): Waiting<number | 'took next' | 'done'> {
  const on = arg.startsWith('-');
  let took = false;
  for (const letter of arg.slice(1)) {
    if (letter === 'o') {
      if (next === undefined) return yield* listSetOptions(shell, on);
      took = true;
      if (!SET_OPTIONS.some(([name]) => name === next))
        return yield* complainAs(shell, 'set', `${next}: invalid option name`, 2);
      setOption(shell, next as SetOption, on);
      continue;
    }
    const name = optionOfLetter(letter);
    if (!name) return yield* misuse(shell, 'set', `${arg[0]}${letter}: invalid option`);
    setOption(shell, name, on);
  }
  return took ? 'took next' : 'done';
}

/** Switches an option of `set`, with what hangs on it. */
export function setOption(shell: Shell, name: SetOption, on: boolean): void {
  if (on) shell.options.set.add(name);
  else shell.options.set.delete(name);
  if (name === 'nounset') shell.variables.unsetIsError = on;
  if (name === 'allexport') shell.variables.exportAll = on;
  if (name === 'monitor') shell.jobControl = on;
  if (name === 'vi' && on) shell.options.set.delete('emacs');
  if (name === 'emacs' && on) shell.options.set.delete('vi');
}

function* listSetOptions(shell: Shell, readable: boolean): Waiting<number> {
  const lines = SET_OPTIONS.map(([name]) => {
    const on = shell.options.has(name);
    return readable ? `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n` : `set ${on ? '-' : '+'}o ${name}\n`;
  });
  return yield* shell.print('set', lines.join(''));
}

/** `shopt`. */
export const shopt: Builtin = function* (shell, args) {
  const flags = new Set<string>();
  let at = 1;
  for (; /^-./.test(args[at] ?? ''); at += 1) {
    for (const letter of (args[at] as string).slice(1)) {
      if (!'psuqo'.includes(letter)) return yield* misuse(shell, 'shopt', `-${letter}: invalid option`);
      flags.add(letter);
    }
  }
  if (flags.has('s') && flags.has('u'))
    return yield* complainAs(shell, 'shopt', 'cannot set and unset shell options simultaneously');
  const names = args.slice(at);
  const old = flags.has('o');
  const known: readonly string[] = old ? SET_OPTIONS.map(([name]) => name) : Object.keys(SHOPT_OPTIONS);
  if (names.length === 0) {
    const shown = known.filter((name) =>
      flags.has('s') ? isOn(shell, name, old) : flags.has('u') ? !isOn(shell, name, old) : true,
    );
    return yield* shell.print('shopt', shown.map((name) => line(shell, name, old, flags.has('p'))).join(''));
  }
  let status = 0;
  for (const name of names) {
    if (!known.includes(name)) {
      status = yield* complainAs(shell, 'shopt', `${name}: invalid ${old ? '' : 'shell '}option name`);
      continue;
    }
    if (flags.has('s') || flags.has('u')) {
      if (old) setOption(shell, name as SetOption, flags.has('s'));
      else shell.options.shopt.set(name as ShoptOption, flags.has('s'));
      continue;
    }
    if (!isOn(shell, name, old)) status = 1;
    if (!flags.has('q')) yield* shell.print('shopt', line(shell, name, old, flags.has('p')));
  }
  return status;
};

function isOn(shell: Shell, name: string, old: boolean): boolean {
  return old ? shell.options.has(name as SetOption) : shell.options.on(name as ShoptOption);
}

function line(shell: Shell, name: string, old: boolean, reusable: boolean): string {
  const on = isOn(shell, name, old);
  if (reusable) return old ? `set ${on ? '-' : '+'}o ${name}\n` : `shopt ${on ? '-s' : '-u'} ${name}\n`;
  return `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`;
}
