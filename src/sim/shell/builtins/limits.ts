import { LIMITS } from '../../kernel/limits.js';
import type { Builtin, Shell } from '../state/shell.js';
import { complainAs, misuse } from './usage.js';

/** `umask`. */
export const umask: Builtin = (shell, args) => {
  const wrong = args.slice(1).find((arg) => /^-[^Sp-]/.test(arg));
  if (wrong) return misuse(shell, 'umask', `${wrong.slice(0, 2)}: invalid option`);
  const symbolic = args.includes('-S');
  const reusable = args.includes('-p');
  const [mode] = args.slice(1).filter((arg) => arg !== '-S' && arg !== '-p' && arg !== '--');
  const mask = shell.sys.umask();
  if (mode === undefined) {
    const text = symbolic ? symbolicMask(mask) : mask.toString(8).padStart(4, '0');
    return shell.print('umask', `${reusable ? `umask ${symbolic ? '-S ' : ''}` : ''}${text}\n`);
  }
  if (/^\d+$/.test(mode)) {
    if (!/^[0-7]{1,4}$/.test(mode) || Number.parseInt(mode, 8) > 0o777)
      return complainAs(shell, 'umask', `${mode}: octal number out of range`);
    shell.sys.umask(Number.parseInt(mode, 8));
    return 0;
  }
  const changed = changeMask(mask, mode);
  if (typeof changed === 'string') return complainAs(shell, 'umask', changed);
  shell.sys.umask(changed);
  return symbolic ? shell.print('umask', `${symbolicMask(changed)}\n`) : 0;
};

function symbolicMask(mask: number): string {
  const letters = (bits: number) => `${bits & 4 ? 'r' : ''}${bits & 2 ? 'w' : ''}${bits & 1 ? 'x' : ''}`;
  const allowed = ~mask & 0o777;
  return `u=${letters(allowed >> 6)},g=${letters((allowed >> 3) & 7)},o=${letters(allowed & 7)}`;
}

function changeMask(mask: number, mode: string): number | string {
  let allowed = ~mask & 0o777;
  for (const clause of mode.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (!match) return `\`${/[^ugoa]/.exec(clause)?.[0] ?? clause}': invalid symbolic mode operator`;
    const [, who = '', operator, what = ''] = match;
    const bits = (what.includes('r') ? 4 : 0) | (what.includes('w') ? 2 : 0) | (what.includes('x') ? 1 : 0);
    for (const [letter, shift] of [
      ['u', 6],
      ['g', 3],
      ['o', 0],
    ] as const) {
      if (who !== '' && !who.includes(letter) && !who.includes('a')) continue;
      if (operator === '+') allowed |= bits << shift;
      else if (operator === '-') allowed &= ~(bits << shift);
      else allowed = (allowed & ~(7 << shift)) | (bits << shift);
    }
  }
  return ~allowed & 0o777;
}

const RESOURCES: readonly (readonly [letter: string, words: string, unit: string, value: string])[] = [
  ['R', 'real-time non-blocking time', 'microseconds, ', 'unlimited'],
  ['c', 'core file size', 'blocks, ', '0'],
  ['d', 'data seg size', 'kbytes, ', 'unlimited'],
  ['e', 'scheduling priority', '', '0'],
  ['f', 'file size', 'blocks, ', 'unlimited'],
  ['i', 'pending signals', '', '15423'],
  ['l', 'max locked memory', 'kbytes, ', '65536'],
  ['m', 'max memory size', 'kbytes, ', 'unlimited'],
  ['n', 'open files', '', String(LIMITS.descriptors_max)],
  ['p', 'pipe size', '512 bytes, ', '8'],
  ['q', 'POSIX message queues', 'bytes, ', '819200'],
  ['r', 'real-time priority', '', '0'],
  ['s', 'stack size', 'kbytes, ', '8192'],
  ['t', 'cpu time', 'seconds, ', 'unlimited'],
  ['u', 'max user processes', '', String(LIMITS.processes_per_user_max)],
  ['v', 'virtual memory', 'kbytes, ', 'unlimited'],
  ['x', 'file locks', '', 'unlimited'],
];

/** `ulimit`: shows the machine's limits; they are fixed, so setting one to what it allows is taken and kept without effect. */
export const ulimit: Builtin = (shell, args) => {
  const letters = args
    .slice(1)
    .filter((arg) => /^-./.test(arg))
    .join('')
    .replace(/-/g, '');
  const wrong = [...letters].find((letter) => !'SHa'.includes(letter) && !RESOURCES.some(([own]) => own === letter));
  if (wrong) return misuse(shell, 'ulimit', `-${wrong}: invalid option`);
  const value = args.slice(1).find((arg) => !/^-./.test(arg));
  if (letters.includes('a')) return shell.print('ulimit', RESOURCES.map((row) => labelled(shell, row)).join(''));
  const chosen = [...letters].filter((letter) => !'SH'.includes(letter));
  const rows = (chosen.length > 0 ? chosen : ['f']).map(
    (letter) => RESOURCES.find(([own]) => own === letter) as (typeof RESOURCES)[number],
  );
  if (value === undefined) {
    return shell.print(
      'ulimit',
      rows.length === 1
        ? `${current(shell, rows[0] as (typeof RESOURCES)[number])}\n`
        : rows.map((row) => labelled(shell, row)).join(''),
    );
  }
  if (!/^(?:\d+|unlimited|soft|hard)$/.test(value)) return complainAs(shell, 'ulimit', `${value}: invalid number`);
  for (const [letter] of rows) if (value !== 'soft' && value !== 'hard') shell.limits.set(letter, value);
  return 0;
};

function current(shell: Shell, [letter, , , value]: (typeof RESOURCES)[number]): string {
  return shell.limits.get(letter) ?? value;
}

function labelled(shell: Shell, row: (typeof RESOURCES)[number]): string {
  const [letter, words, unit] = row;
  const option = `(${unit}-${letter})`;
  return `${words.padEnd(20)} ${option.padStart(19)} ${current(shell, row)}\n`;
}
