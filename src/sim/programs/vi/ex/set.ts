import type { Waiting } from '../../../kernel/wait.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import type { OptionFact } from '../state/options.js';
import {
  bareLocalOptions,
  bareOptions,
  IGNORED_OPTIONS,
  OPTION_FACTS,
  optionFact,
  readOption,
  showOption,
  writeOption,
} from '../state/options.js';
import type { ExCall } from './command.js';

type Scope = 'both' | 'local' | 'global';

/** `:set`, `:setlocal` and `:setglobal`. */
export function set(scope: Scope): (editor: Editor, call: ExCall) => Waiting<void> {
  return function* (editor, { args }) {
    const words = args.replace(/(?:^|\s)".*$/, '').match(/(?:\\.|\S)+/g) ?? [];
    if (words.length === 0) return showAll(editor, true);
    for (const word of words) setOne(editor, word, scope);
  };
}

/** A `set` line of a settings file; anything else is left alone. */
export function applySetting(editor: Editor, line: string, scope: Scope): void {
  const found = /^(set|setlocal|setl|se|setglobal|setg)\s+(.*)$/.exec(line);
  if (!found) return;
  const own = found[1]?.startsWith('setl') ? 'local' : scope;
  for (const word of (found[2] ?? '').replace(/\s".*$/, '').match(/(?:\\.|\S)+/g) ?? []) setOne(editor, word, own);
}

function showAll(editor: Editor, changedOnly: boolean): void {
  const plain = { ...bareOptions() };
  const shown = OPTION_FACTS.filter((fact) => {
    if (!changedOnly) return true;
    return readOption(fact, editor.global, editor.buffer.options) !== readOption(fact, plain, bareLocalOptions());
  }).map((fact) => showOption(fact, editor.global, editor.buffer.options));
  const columns = Math.max(1, Math.floor((editor.columns - 1) / 20));
  const rows = Math.ceil(shown.length / columns);
  editor.printed.push('--- Options ---');
  for (let row = 0; row < rows; row += 1) {
    const cells = Array.from({ length: columns }, (_, column) => shown[column * rows + row] ?? '');
    editor.printed.push(
      cells
        .map((cell) => cell.padEnd(20))
        .join('')
        .trimEnd(),
    );
  }
}

/** Gives an option a value by its name. Throws E355. */
export function setOption(editor: Editor, name: string, value: string | number, scope: Scope): void {
  const fact = optionFact(name);
  if (!fact) {
    if (IGNORED_OPTIONS.has(name)) return;
    throw new EditorError(`E355: Unknown option: ${name}`);
  }
  const typed = fact.type === 'boolean' ? Number(value) !== 0 : fact.type === 'number' ? Number(value) : String(value);
  assign(editor, fact, typed, scope);
}

function setOne(editor: Editor, word: string, scope: Scope): void {
  if (word === 'all') return showAll(editor, false);
  const found = /^(no|inv)?([a-zA-Z_]+)([?!&<]|[+^-]?[=:].*)?$/s.exec(word);
  if (!found) throw new EditorError(`E518: Unknown option: ${word}`);
  const whole = `${found[1] ?? ''}${found[2] ?? ''}`;
  const direct = optionFact(whole);
  const fact = direct ?? (found[1] ? optionFact(found[2] ?? '') : undefined);
  const prefix = direct ? '' : (found[1] ?? '');
  const tail = found[3] ?? '';
  if (!fact) {
    if (IGNORED_OPTIONS.has(whole) || IGNORED_OPTIONS.has(found[2] ?? '')) return;
    throw new EditorError(`E518: Unknown option: ${word}`);
  }
  if (tail === '?' || (fact.type !== 'boolean' && tail === '' && prefix === '')) {
    editor.printed.push(showOption(fact, editor.global, editor.buffer.options));
    return;
  }
  assign(editor, fact, readValue(editor, fact, prefix, tail, word), scope);
}

function readValue(
  editor: Editor,
  fact: OptionFact,
  prefix: string,
  tail: string,
  word: string,
): boolean | number | string {
  const now = readOption(fact, editor.global, editor.buffer.options);
  if (tail === '&') return readOption(fact, bareOptions(), bareLocalOptions());
  if (fact.type === 'boolean') {
    if (/[=:]/.test(tail)) throw new EditorError(`E474: Invalid argument: ${word}`);
    if (tail === '!' || prefix === 'inv') return !now;
    return prefix !== 'no';
  }
  if (prefix !== '' || tail === '!') throw new EditorError(`E474: Invalid argument: ${word}`);
  const [, sign = '', value = ''] = /^([+^-]?)[=:](.*)$/s.exec(tail) ?? [];
  if (fact.type === 'string') {
    const text = value.replace(/\\(.)/g, '$1');
    return sign === '+' ? `${now}${now === '' ? '' : ','}${text}` : text;
  }
  if (!/^-?\d+$/.test(value)) throw new EditorError(`E521: Number required after =: ${word}`);
  const number = Number(value);
  const result =
    sign === '+'
      ? Number(now) + number
      : sign === '-'
        ? Number(now) - number
        : sign === '^'
          ? Number(now) * number
          : number;
  if (result < 0 && fact.name !== 'softtabstop') throw new EditorError(`E487: Argument must be positive: ${word}`);
  if (result === 0 && fact.name === 'tabstop') throw new EditorError(`E487: Argument must be positive: ${word}`);
  return result;
}

function assign(editor: Editor, fact: OptionFact, value: boolean | number | string, scope: Scope): void {
  if (fact.name === 'hlsearch') editor.highlight = true;
  if (fact.name === 'filetype') return editor.setFileType(String(value));
  if (fact.scope === 'global' || scope !== 'global') writeOption(fact, value, editor.global, editor.buffer.options);
  if (fact.scope === 'local' && scope !== 'local') writeOption(fact, value, editor.global, editor.localDefaults);
  editor.settle();
}
