import type { Saying } from '../state/dialect.js';

type Said = string | Saying;
/** How one kind of bash's messages is worded: `$1` … stand for what the pattern caught. */
interface Wording {
  readonly from: RegExp;
  readonly ash: Said;
  readonly dash: Said;
}

const SPECIAL = 'export|readonly|set|unset|trap|exec|eval|return|times|shift|exit|break|continue';

/** bash's messages and what ash (busybox 1.35) and dash (0.5.12) say instead, the first that fits. */
export const WORDINGS: readonly Wording[] = [
  { from: /^(.*): command not found$/s, ash: '$1: not found', dash: '$1: not found' },
  {
    from: /^(.*): parameter null or not set$/s,
    ash: { words: '$1: parameter not set or null', status: 2, ends: true },
    dash: { words: '$1: parameter not set or null', status: 2, ends: true },
  },
  {
    from: /^(\S+): (?:unbound variable|parameter not set)$/,
    ash: { words: '$1: parameter not set', status: 2, ends: true },
    dash: { words: '$1: parameter not set', status: 2, ends: true },
  },
  {
    from: /: bad substitution$/,
    ash: { words: 'syntax error: bad substitution', status: 2, ends: true },
    dash: { words: 'Bad substitution', status: 2, ends: true },
  },
  {
    from: /^(?:\(\(: )?(.*?): division by 0 /s,
    ash: { words: 'divide by zero', status: 2, ends: true },
    dash: { words: 'arithmetic expression: division by zero: "$1"', status: 2, ends: true },
  },
  {
    from: /^(.*?): .*operand expected \(error token/s,
    ash: { words: 'arithmetic syntax error', status: 2, ends: true },
    dash: { words: 'arithmetic expression: expecting primary: "$1"', status: 2, ends: true },
  },
  {
    from: /^(.*?): .* \(error token/s,
    ash: { words: 'arithmetic syntax error', status: 2, ends: true },
    dash: { words: 'arithmetic expression: expecting EOF: "$1"', status: 2, ends: true },
  },
  {
    from: /^(?:unset: )?(\w+): cannot unset: readonly variable$/,
    ash: { by: 'unset', words: '$1: is read only', status: 2, ends: true },
    dash: { by: 'unset', words: '$1: is read only', status: 2, ends: true },
  },
  {
    from: /^(?:(?:unset|export|readonly|local): )?(\w+): readonly variable$/,
    ash: { words: '$1: is read only', status: 2, ends: true },
    dash: { words: '$1: is read only', status: 2, ends: true },
  },
  {
    from: /^(\w+): `([^=]*).*': not a valid identifier$/s,
    ash: { by: '$1', words: '$2: bad variable name', status: 2, ends: true },
    dash: { by: '$1', words: '$2: bad variable name', status: 2, ends: true },
  },
  {
    from: /^cd: (.*): ([^:]*)$/s,
    ash: { by: 'cd', words: "can't cd to $1: $2", status: 2 },
    dash: { by: 'cd', words: "can't cd to $1", status: 2 },
  },
  {
    from: /^\.: (.*\/.*): (No such file.*|Permission denied)$/s,
    ash: { by: '.', words: "can't open '$1': $2", status: 2, ends: true },
    dash: { by: '.', words: 'cannot open $1: No such file', status: 2, ends: true },
  },
  {
    from: /^\.: ([^/]*): No such file.*$/s,
    ash: { by: '.', words: '$1: not found', status: 2, ends: true },
    dash: { by: '.', words: '$1: not found', status: 2, ends: true },
  },
  {
    from: /^kill: \((.*)\) - (.*)$/,
    ash: { prefix: 'name', words: "can't kill pid $1: $2" },
    dash: { by: 'kill', words: '$2\n' },
  },
  {
    from: /^kill: (.).*: invalid signal specification$/,
    ash: { prefix: 'name', words: '' },
    dash: { by: 'kill', words: 'Illegal option -$1', status: 2 },
  },
  {
    from: /^kill: (.*): arguments must be process or job IDs$/,
    ash: { prefix: 'name', words: "invalid number '$1'" },
    dash: { by: 'kill', words: 'Illegal number: $1', status: 2 },
  },
  {
    from: /^(fg|bg): (?:no job control|current: no such job)$/,
    ash: { by: '$1', words: 'No current job', status: 2 },
    dash: { by: '$1', words: 'No current job', status: 2 },
  },
  {
    from: /^(\w+): (%.*): no such job$/,
    ash: { by: '$1', words: '$2: no such job', status: 2 },
    dash: { by: '$1', words: 'No such job: $2', status: 2 },
  },
  {
    from: /^printf: (.*): invalid number$/s,
    ash: { prefix: 'name', words: "invalid number '$1'" },
    dash: { by: 'printf', words: '$1: expected numeric value' },
  },
  {
    from: /^printf: `(.*)': invalid format character$/s,
    ash: { prefix: 'name', words: '%$1: invalid format' },
    dash: { by: 'printf', words: '%$1: invalid directive', status: 2 },
  },
  {
    from: /^set: (.*): invalid option name$/,
    ash: { by: 'set', words: 'illegal option -o $1', status: 0 },
    dash: { by: 'set', words: 'Illegal option -o $1', status: 2, ends: true },
  },
  {
    from: new RegExp(`^(${SPECIAL}): [-+](.): invalid option$`),
    ash: { by: '$1', words: 'illegal option -$2', status: 2, ends: true },
    dash: { by: '$1', words: 'Illegal option -$2', status: 2, ends: true },
  },
  {
    from: /^(\w+): [-+](.): invalid option$/,
    ash: { by: '$1', words: 'illegal option -$2', status: 2 },
    dash: { by: '$1', words: 'Illegal option -$2', status: 2 },
  },
  {
    from: new RegExp(`^(${SPECIAL}): (.*): numeric argument required$`),
    ash: { by: '$1', words: 'Illegal number: $2', status: 2, ends: true },
    dash: { by: '$1', words: 'Illegal number: $2', status: 2, ends: true },
  },
  { from: /^wait: pid \d+ is not a child/, ash: '', dash: '' },
  { from: /^(?:break|continue): only meaningful in/, ash: '', dash: '' },
  {
    from: /^local: can only be used in a function$/,
    ash: { by: 'local', words: 'not in a function', status: 2, ends: true },
    dash: { by: 'local', words: 'not in a function', status: 2, ends: true },
  },
  {
    from: /^umask: (?:`?)(.*?)'?: (?:invalid symbolic mode operator|octal number out of range)$/,
    ash: { by: 'umask', words: 'illegal mode: $1', status: 2 },
    dash: { by: 'umask', words: 'Illegal mode: $1', status: 2 },
  },
  {
    from: /^trap: (.*): invalid signal specification$/,
    ash: { by: 'trap', words: '$1: invalid signal specification' },
    dash: { prefix: 'bare', words: 'trap: $1: bad trap' },
  },
  {
    from: /^(alias|unalias): (.*): not found$/,
    ash: { prefix: 'bare', words: '$1: $2 not found' },
    dash: { prefix: 'bare', words: '$1: $2 not found' },
  },
  {
    from: /^shift: can't shift that many$/,
    ash: '',
    dash: { by: 'shift', words: "can't shift that many", status: 2, ends: true },
  },
  {
    from: /^let: expression expected$/,
    ash: { by: 'let', words: 'expression expected' },
    dash: '',
  },
  { from: /^exec: (.*)$/s, ash: { by: 'exec', words: '$1' }, dash: { by: 'exec', words: '$1' } },
];

/** A message of bash's as the dialect words it; itself when nothing is known to differ. */
export function reword(dialect: 'ash' | 'dash', message: string, builtins: ReadonlySet<string>): Saying {
  for (const wording of WORDINGS) {
    const match = wording.from.exec(message);
    if (!match) continue;
    const said = wording[dialect];
    const fill = (text: string) => text.replace(/\$(\d)/g, (_all, place: string) => match[Number(place)] ?? '');
    if (typeof said === 'string') return { words: fill(said) };
    return { ...said, words: fill(said.words), ...(said.by === undefined ? {} : { by: fill(said.by) }) };
  }
  const [, by, words] = /^([\w.[]+): (.*)$/s.exec(message) ?? [];
  if (by !== undefined && words !== undefined && builtins.has(by)) return { by, words };
  return { words: message };
}
