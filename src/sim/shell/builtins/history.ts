import type { Waiting } from '../../kernel/wait.js';
import { expandHistory } from '../history/expand.js';
import { historyFile, readHistory, writeHistory } from '../history/file.js';
import type { Builtin, Shell } from '../state/shell.js';
import { complainAs, misuse, readFlags } from './usage.js';

/** `history`. */
export const history: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'cd:anrwps');
  if (flags.problem) return yield* misuse(shell, 'history', flags.problem);
  const { letters, rest } = flags;
  if (letters.has('c')) shell.history = [];
  if (letters.has('d')) return yield* removeEntry(shell, flags.values.get('d') as string);
  if (letters.has('s')) {
    if (rest.length > 0) shell.history.push(rest.join(' '));
    return 0;
  }
  if (letters.has('p')) {
    for (const word of rest) {
      const expanded = expandHistory(word, shell.history, shell.historyBase);
      if (expanded.kind === 'wrong') return yield* complainAs(shell, 'history', `${word}: history expansion failed`);
      yield* shell.print('history', `${expanded.kind === 'changed' ? expanded.text : word}\n`);
    }
    return 0;
  }
  const file = rest[0] ?? historyFile(shell);
  if (letters.has('w') || letters.has('a')) {
    if (file) writeHistory(shell, file);
    return 0;
  }
  if (letters.has('r') || letters.has('n')) {
    if (file) readHistory(shell, file);
    return 0;
  }
  if (letters.has('c')) return 0;
  const [count] = rest;
  if (count !== undefined && !/^\d+$/.test(count))
    return yield* complainAs(shell, 'history', `${count}: numeric argument required`);
  const from = count === undefined ? 0 : Math.max(0, shell.history.length - Number(count));
  const lines = shell.history
    .slice(from)
    .map((line, index) => `${String(shell.historyBase + from + index).padStart(5)}  ${line}\n`);
  return yield* shell.print('history', lines.join(''));
};

function* removeEntry(shell: Shell, spec: string): Waiting<number> {
  const range = /^(-?\d+)(?:-(-?\d+))?$/.exec(spec);
  const place = (text: string) =>
    text.startsWith('-') ? shell.history.length + Number(text) : Number(text) - shell.historyBase;
  const from = range ? place(range[1] as string) : -1;
  const to = range?.[2] === undefined ? from : place(range[2]);
  if (from < 0 || to < from || to >= shell.history.length)
    return yield* complainAs(shell, 'history', `${spec}: history position out of range`);
  shell.history.splice(from, to - from + 1);
  return 0;
}

/** `fc`: lists, or runs again; `fc` alone edits with $FCEDIT, $EDITOR or vi. */
export const fc: Builtin = function* (shell, args) {
  const flags = readFlags(
    args.filter((arg) => !/^-\d+$/.test(arg)),
    'e:lnrs',
  );
  if (flags.problem) return yield* misuse(shell, 'fc', flags.problem);
  const specs = args.slice(1).filter((arg) => /^-\d+$/.test(arg) || flags.rest.includes(arg));
  const { letters } = flags;
  if (letters.has('s')) return yield* runAgain(shell, specs);
  const { length } = shell.history;
  if (length === 0 && letters.has('l')) return 0;
  const first = locate(shell, specs[0], letters.has('l') ? Math.max(0, length - 16) : length - 1);
  const last = locate(shell, specs[1], letters.has('l') ? length - 1 : first);
  if (first < 0 || last < 0 || length === 0)
    return yield* complainAs(shell, 'fc', 'history specification out of range');
  const entries = shell.history
    .slice(Math.min(first, last), Math.max(first, last) + 1)
    .map((line, index) => ({ line, number: shell.historyBase + Math.min(first, last) + index }));
  if (letters.has('r') !== first > last) entries.reverse();
  if (letters.has('l'))
    return yield* shell.print(
      'fc',
      entries.map(({ line, number }) => `${letters.has('n') ? '' : number}\t ${line}\n`).join(''),
    );
  const path = `/tmp/bash-fc.${shell.random.uint32().toString(36)}`;
  shell.sys.writeFile(path, `${entries.map(({ line }) => line).join('\n')}\n`, 0o600);
  const editor = flags.values.get('e') ?? shell.variables.get('FCEDIT') ?? shell.variables.get('EDITOR') ?? 'vi';
  const status = yield* shell.runner.runText(shell, `${editor} ${path}`);
  if (status !== 0) return status;
  return yield* shell.runner.runText(shell, `. ${path}`);
};

function locate(shell: Shell, spec: string | undefined, usual: number): number {
  if (spec === undefined) return usual;
  if (/^-\d+$/.test(spec)) return shell.history.length + Number(spec);
  if (/^\d+$/.test(spec)) return Number(spec) - shell.historyBase;
  return shell.history.findLastIndex((line) => line.startsWith(spec));
}

function* runAgain(shell: Shell, specs: readonly string[]): Waiting<number> {
  const replacements = specs.filter((spec) => spec.includes('='));
  const place = locate(
    shell,
    specs.find((spec) => !spec.includes('=')),
    shell.history.length - 1,
  );
  let line = shell.history[place];
  if (line === undefined) return yield* complainAs(shell, 'fc', 'no command found');
  for (const spec of replacements) {
    const [old = '', ...fresh] = spec.split('=');
    line = line.replaceAll(old, fresh.join('='));
  }
  yield* shell.write(2, `${line}\n`);
  shell.history.push(line);
  return yield* shell.runner.runText(shell, line);
}
