import type { Bytes } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { TerminalModes } from '../../kernel/terminal.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { bytesToText } from '../format/byte-text.js';
import { assignArray } from '../run/assignments.js';
import { readBytes } from '../run/read-line.js';
import type { Builtin, Shell } from '../state/shell.js';
import { complainAs, misuse, readFlags } from './usage.js';

interface ReadPlan {
  readonly descriptor: number;
  readonly delimiter: string;
  readonly raw: boolean;
  readonly count: number | undefined;
  /** -N: delimiters are characters like others. */
  readonly exact: boolean;
  readonly until: number | undefined;
}

/** What was read: characters, those a backslash protected marked; and how it ended. */
interface Read {
  readonly chars: readonly { readonly char: string; readonly quoted: boolean }[];
  readonly end: 'delimiter' | 'count' | 'eof' | 'timeout';
}

/** `read`. */
export const read: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'a:d:ei:n:N:p:rst:u:');
  if (flags.problem) return yield* misuse(shell, 'read', flags.problem);
  const { values, letters, rest } = flags;
  const descriptor = Number(values.get('u') ?? 0);
  const timeout = values.get('t');
  if (timeout !== undefined && !/^(?:\d+\.?\d*|\.\d+)$/.test(timeout))
    return yield* complainAs(shell, 'read', `${timeout}: invalid timeout specification`);
  const wrong = rest.find((name) => !/^[A-Za-z_]\w*(?:\[.+\])?$/s.test(name));
  if (wrong !== undefined) return yield* complainAs(shell, 'read', `\`${wrong}': not a valid identifier`);
  try {
    shell.sys.openFile(descriptor);
  } catch (error) {
    if (isErrno(error))
      return yield* complainAs(
        shell,
        'read',
        `${values.get('u') === undefined ? 'read error: 0' : `${descriptor}: invalid file descriptor`}: ${error.message}`,
      );
    throw error;
  }
  if (timeout !== undefined && Number(timeout) === 0)
    return (yield* shell.sys.poll([descriptor], 0)).length > 0 ? 0 : 1;
  const terminal = shell.sys.terminal(descriptor);
  const prompt = values.get('p');
  if (prompt !== undefined && terminal) yield* shell.write(2, prompt);
  const count = values.get('N') ?? values.get('n');
  const plan: ReadPlan = {
    descriptor,
    delimiter: values.has('d') ? (values.get('d') as string).slice(0, 1) || '\0' : '\n',
    raw: letters.has('r'),
    count: count === undefined ? undefined : Number(count),
    exact: values.has('N'),
    until: timeout === undefined ? undefined : shell.sys.now() + Number(timeout) * SECOND,
  };
  const modes = terminal ? shell.sys.terminalModes(descriptor) : undefined;
  if (modes) shell.sys.setTerminalModes(descriptor, modesFor(modes, letters.has('s'), plan));
  let result: Read;
  try {
    result = yield* readChars(shell, plan);
  } catch (error) {
    if (isErrno(error)) return yield* complainAs(shell, 'read', `read error: ${descriptor}: ${error.message}`);
    throw error;
  } finally {
    if (modes) shell.sys.setTerminalModes(descriptor, modes);
  }
  const status = result.end === 'eof' ? 1 : result.end === 'timeout' ? 142 : 0;
  return store(shell, result, values.get('a'), rest, plan) || status;
};

function modesFor(modes: TerminalModes, silent: boolean, plan: ReadPlan): TerminalModes {
  const oneByOne = plan.count !== undefined || plan.delimiter !== '\n';
  return { ...modes, echo: modes.echo && !silent, canonical: modes.canonical && !oneByOne };
}

function* readChars(shell: Shell, plan: ReadPlan): Waiting<Read> {
  const chars: { char: string; quoted: boolean }[] = [];
  let escaped = false;
  if (plan.count === 0) return { chars, end: 'count' };
  for (;;) {
    const char = yield* readChar(shell, plan);
    if (char === 'timeout') return { chars, end: 'timeout' };
    if (char === undefined) return { chars, end: 'eof' };
    if (escaped) {
      escaped = false;
      if (char !== '\n') chars.push({ char, quoted: true });
    } else if (char === '\\' && !plan.raw) {
      escaped = true;
      continue;
    } else if (char === plan.delimiter && !plan.exact) return { chars, end: 'delimiter' };
    else if (char !== '\0') chars.push({ char, quoted: false });
    if (plan.count !== undefined && chars.length >= plan.count) return { chars, end: 'count' };
  }
}

/** One character, byte by byte: what follows belongs to the next reader. */
function* readChar(shell: Shell, plan: ReadPlan): Waiting<string | undefined | 'timeout'> {
  const bytes: number[] = [];
  for (;;) {
    if (plan.until !== undefined && !(yield* inputBefore(shell, plan.descriptor, plan.until))) return 'timeout';
    const byte: Bytes = yield* readBytes(shell, plan.descriptor, 1);
    if (byte.length === 0) return bytes.length > 0 ? bytesToText(Uint8Array.from(bytes)) : undefined;
    bytes.push(byte[0] as number);
    const lead = bytes[0] as number;
    const length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (bytes.length >= length) return bytesToText(Uint8Array.from(bytes));
  }
}

function* inputBefore(shell: Shell, descriptor: number, until: number): Waiting<boolean> {
  for (;;) {
    const left = until - shell.sys.now();
    try {
      return (yield* shell.sys.poll([descriptor], Math.max(0, left))).length > 0;
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
      yield* shell.checkSignals();
    }
  }
}

type Chars = Read['chars'];

function store(
  shell: Shell,
  { chars }: Read,
  array: string | undefined,
  names: readonly string[],
  plan: ReadPlan,
): number {
  const ifs = shell.variables.get('IFS') ?? ' \t\n';
  const text = (part: Chars) => part.map(({ char }) => char).join('');
  if (array !== undefined) {
    const fields = splitFields(chars, ifs, Number.POSITIVE_INFINITY);
    shell.variables.find(array);
    assignArray(
      shell,
      array,
      fields.map((value) => ({ subscript: undefined, value })),
      false,
    );
    return 0;
  }
  if (names.length === 0) {
    shell.variables.set('REPLY', text(chars));
    return 0;
  }
  const fields = plan.exact ? [text(chars)] : splitFields(chars, ifs, names.length);
  for (const [index, name] of names.entries()) {
    const element = /^(\w+)\[(.*)\]$/s.exec(name);
    if (element) shell.variables.setElement(element[1] as string, element[2] as string, fields[index] ?? '');
    else shell.variables.set(name, fields[index] ?? '');
  }
  return 0;
}

/** Splits as `read` does: the last name gets the rest with its separators, the blanks at its end cut off. */
function splitFields(chars: Chars, ifs: string, limit: number): string[] {
  const blank = (at: number) => isSeparator(chars, at, ifs) && /[ \t\n]/.test(chars[at]?.char ?? '');
  const separator = (at: number) => isSeparator(chars, at, ifs);
  const fields: string[] = [];
  let at = 0;
  while (blank(at)) at += 1;
  while (at < chars.length) {
    if (fields.length === limit - 1) {
      fields.push(lastField(chars.slice(at), ifs));
      return fields;
    }
    let end = at;
    while (end < chars.length && !separator(end)) end += 1;
    fields.push(
      chars
        .slice(at, end)
        .map(({ char }) => char)
        .join(''),
    );
    at = end;
    while (blank(at)) at += 1;
    if (at < chars.length && separator(at) && !(blank(end) && !separator(at))) {
      at += 1;
      while (blank(at)) at += 1;
    }
  }
  return fields;
}

function isSeparator(chars: Chars, at: number, ifs: string): boolean {
  const found = chars[at];
  return found !== undefined && !found.quoted && ifs.includes(found.char);
}

function lastField(chars: Chars, ifs: string): string {
  let end = chars.length;
  const blank = (at: number) => isSeparator(chars, at, ifs) && /[ \t\n]/.test(chars[at]?.char ?? '');
  while (end > 0 && blank(end - 1)) end -= 1;
  // One other separator at the end belongs to the field only when there is another before it.
  if (end > 0 && isSeparator(chars, end - 1, ifs)) {
    const others = chars.slice(0, end - 1).some((_char, at) => isSeparator(chars, at, ifs));
    if (!others) {
      end -= 1;
      while (end > 0 && blank(end - 1)) end -= 1;
    }
  }
  return chars
    .slice(0, end)
    .map(({ char }) => char)
    .join('');
}

/** `mapfile` and `readarray`. */
export const mapfile: Builtin = function* (shell, args) {
  const name = args[0] as string;
  const flags = readFlags(args, 'd:n:O:s:tu:C:c:');
  if (flags.problem) return yield* misuse(shell, name, flags.problem);
  const { values, letters } = flags;
  const array = flags.rest[0] ?? 'MAPFILE';
  if (!/^[A-Za-z_]\w*$/.test(array)) return yield* complainAs(shell, name, `\`${array}': not a valid identifier`);
  const descriptor = Number(values.get('u') ?? 0);
  const delimiter = values.has('d') ? (values.get('d') as string).slice(0, 1) || '\0' : '\n';
  const lines =
    delimiter === '\n'
      ? yield* allLines(shell, descriptor, letters.has('t'))
      : yield* allParts(shell, descriptor, delimiter, letters.has('t'));
  const origin = Number(values.get('O') ?? 0);
  const count = Number(values.get('n') ?? 0);
  let wanted = lines.slice(Number(values.get('s') ?? 0));
  if (count > 0) wanted = wanted.slice(0, count);
  if (!values.has('O')) assignArray(shell, array, [], false);
  const callback = values.get('C');
  const quantum = Number(values.get('c') ?? 5000);
  for (const [index, line] of wanted.entries()) {
    if (callback !== undefined && (index + 1) % quantum === 0)
      yield* shell.runner.runText(shell, `${callback} ${origin + index} ${JSON.stringify(line)}`);
    shell.variables.setElement(array, String(origin + index), line);
  }
  return 0;
};

function* allLines(shell: Shell, descriptor: number, cut: boolean): Waiting<string[]> {
  return yield* allParts(shell, descriptor, '\n', cut);
}

function* allParts(shell: Shell, descriptor: number, delimiter: string, cut: boolean): Waiting<string[]> {
  const chunks: Bytes[] = [];
  for (;;) {
    const bytes = yield* readBytes(shell, descriptor, 65_536);
    if (bytes.length === 0) break;
    chunks.push(bytes);
  }
  const text = bytesToText(Buffer.concat(chunks));
  const parts = text.split(delimiter);
  const last = parts.pop() as string;
  const lines = cut ? parts : parts.map((part) => part + delimiter);
  return last === '' ? lines : [...lines, last];
}

/** `getopts`. */
export const getopts: Builtin = function* (shell, args) {
  const rest = args[1] === '--' ? args.slice(2) : args.slice(1);
  const [spec, name, ...given] = rest;
  if (spec === undefined || name === undefined) return yield* misuse(shell, 'getopts');
  const { variables } = shell;
  const values = rest.length > 2 ? given : shell.positional;
  const index = Number(variables.get('OPTIND') ?? 1);
  if (index !== shell.getoptsIndex) shell.getoptsOffset = 0;
  const silent = spec.startsWith(':') || variables.get('OPTERR') === '0';
  const word = values[index - 1];
  const finish = (option: string, next: number, offset: number): void => {
    variables.set('OPTIND', String(next));
    shell.getoptsIndex = next;
    shell.getoptsOffset = offset;
    variables.set(name, option);
  };
  if (shell.getoptsOffset === 0 && (word === undefined || !word.startsWith('-') || word === '-' || word === '--')) {
    finish('?', word === '--' ? index + 1 : index, 0);
    return 1;
  }
  const offset = shell.getoptsOffset || 1;
  const letter = (word as string)[offset] as string;
  const last = offset + 1 >= (word as string).length;
  const known = letter === ':' ? -1 : spec.indexOf(letter, spec.startsWith(':') ? 1 : 0);
  variables.unset('OPTARG');
  if (known < 0) {
    if (spec.startsWith(':')) variables.set('OPTARG', letter);
    else if (!silent)
      yield* shell.write(
        2,
        shell.dialect ? `Illegal option -${letter}\n` : `${shell.name}: illegal option -- ${letter}\n`,
      );
    finish('?', last ? index + 1 : index, last ? 0 : offset + 1);
    return 0;
  }
  if (spec[known + 1] !== ':') {
    finish(letter, last ? index + 1 : index, last ? 0 : offset + 1);
    return 0;
  }
  const value = last ? values[index] : (word as string).slice(offset + 1);
  if (value === undefined) {
    if (spec.startsWith(':')) variables.set('OPTARG', letter);
    else if (!silent)
      yield* shell.write(
        2,
        shell.dialect ? `No arg for -${letter} option\n` : `${shell.name}: option requires an argument -- ${letter}\n`,
      );
    finish(spec.startsWith(':') ? ':' : '?', index + 1, 0);
    return 0;
  }
  variables.set('OPTARG', value);
  finish(letter, last ? index + 2 : index + 1, 0);
  return 0;
};
