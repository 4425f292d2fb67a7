import type { Builtin } from '../state/shell.js';
import { alias, builtin, command, enable, exec, hash, source, type, unalias } from './commands.js';
import { compgen, complete, compopt } from './completions.js';
import { declare, unset } from './declare.js';
import { cd, dirs, popd, pushd, pwd } from './directories.js';
import {
  caller,
  evaluate,
  exiting,
  falsehood,
  letting,
  loopControl,
  nothing,
  returning,
  shift,
  times,
} from './flow.js';
import { help } from './help.js';
import { fc, history } from './history.js';
import { getopts, mapfile, read } from './input.js';
import { bg, disown, fg, jobs, kill, suspend, trap, wait } from './jobs.js';
import { ulimit, umask } from './limits.js';
import { set, shopt } from './options.js';
import { echo, printf, test } from './output.js';

/** The built-ins of bash, by name. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['.', source],
  [':', nothing],
  ['[', test],
  ['alias', alias],
  ['bg', bg],
  ['bind', nothing],
  ['break', loopControl('break')],
  ['builtin', builtin],
  ['caller', caller],
  ['cd', cd],
  ['command', command],
  ['compgen', compgen],
  ['complete', complete],
  ['compopt', compopt],
  ['continue', loopControl('continue')],
  ['declare', declare],
  ['dirs', dirs],
  ['disown', disown],
  ['echo', echo],
  ['enable', enable],
  ['eval', evaluate],
  ['exec', exec],
  ['exit', exiting],
  ['export', declare],
  ['false', falsehood],
  ['fc', fc],
  ['fg', fg],
  ['getopts', getopts],
  ['hash', hash],
  ['help', help],
  ['history', history],
  ['jobs', jobs],
  ['kill', kill],
  ['let', letting],
  ['local', declare],
  ['logout', exiting],
  ['mapfile', mapfile],
  ['popd', popd],
  ['printf', printf],
  ['pushd', pushd],
  ['pwd', pwd],
  ['read', read],
  ['readarray', mapfile],
  ['readonly', declare],
  ['return', returning],
  ['set', set],
  ['shift', shift],
  ['shopt', shopt],
  ['source', source],
  ['suspend', suspend],
  ['test', test],
  ['times', times],
  ['trap', trap],
  ['true', nothing],
  ['type', type],
  ['typeset', declare],
  ['ulimit', ulimit],
  ['umask', umask],
  ['unalias', unalias],
  ['unset', unset],
  ['wait', wait],
]);
