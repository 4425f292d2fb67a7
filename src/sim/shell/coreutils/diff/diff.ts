import type { FileStat } from '../../../kernel/files.js';
import { compilePattern } from '../../../kernel/libc/regex/pattern.js';
import type { Program } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import { bytesToText } from '../../format/byte-text.js';
import { strftime } from '../../format/strftime.js';
import { baseName } from '../basename.js';
import { civilMicros, zoneOfProcess } from '../clock.js';
import type { Context } from '../command.js';
import { command, reason } from '../command.js';
import { compileGlob } from '../glob.js';
import { readAll } from '../io.js';
import { UsageError } from '../options.js';
import { joinPath, look, namesIn } from '../paths.js';
import { compareText } from '../sort-compare.js';
import type { Change } from './myers.js';
import { changesBetween } from './myers.js';
import type { Side } from './text.js';
import { contextText, normalText, sideBySide, unifiedText } from './text.js';

/** `diff`: what two files or directories differ in. */
export const diff: Program = command(
  {
    name: 'diff',
    usage: '[OPTION]... FILES',
    summary: 'Compare FILES line by line.',
    misuse: 2,
    version: '(GNU diffutils) 3.8',
    hintPrefix: true,
    options: [
      'normal : the traditional format',
      'q brief : only whether files differ',
      's report-identical-files : say so when files are the same',
      'c : three lines of context, the context format',
      'C=NUM : NUM lines of context, the context format',
      'context?NUM : NUM lines of context, the context format',
      'u : three lines of context, unified',
      'U=NUM : NUM lines of context, unified',
      'unified?NUM : NUM lines of context, unified',
      'e ed : (not made)',
      'n rcs : (not made)',
      'y side-by-side : in two columns',
      'W width=NUM : columns of -y',
      'left-column : (ignored)',
      'suppress-common-lines : without lines that are the same',
      'p show-c-function : (ignored)',
      'label=LABEL : instead of name and time',
      't expand-tabs : (ignored)',
      'T initial-tab : (ignored)',
      'l paginate : (ignored)',
      'r recursive : directories with what is below',
      'no-dereference : (ignored)',
      'N new-file : what is missing counts as empty',
      'unidirectional-new-file : (ignored)',
      'ignore-file-name-case : (ignored)',
      'x exclude=PAT : no files like PAT',
      'X exclude-from=FILE : no files like the patterns in FILE',
      'S starting-file=FILE : (ignored)',
      'i ignore-case : upper and lower case are the same',
      'E ignore-tab-expansion : (ignored)',
      'Z ignore-trailing-space : not at the end of lines',
      'b ignore-space-change : not how many blanks',
      'w ignore-all-space : no blanks at all',
      'B ignore-blank-lines : not changes of empty lines',
      'I ignore-matching-lines=RE : not changes of lines like RE',
      'a text : all files are text',
      'strip-trailing-cr : no carriage returns',
      'd minimal : (ignored)',
      'speed-large-files : (ignored)',
      'color?WHEN : (ignored)',
    ],
  },
  function* (context) {
    const [first, second, extra] = context.operands;
    if (first === undefined) throw new UsageError(`missing operand after '${context.sys.args.at(-1)}'`);
    if (second === undefined) throw new UsageError(`missing operand after '${first}'`);
    if (extra !== undefined) throw new UsageError(`extra operand '${extra}'`);
    return yield* new Comparison(context).operands(first, second);
  },
);

/** 0 the same, 1 different, 2 trouble. */
type Status = 0 | 1 | 2;

class Comparison {
  private readonly recursive: boolean;
  private readonly excluded: readonly RegExp[];

  constructor(private readonly context: Context) {
    this.recursive = context.has('recursive');
    this.excluded = context.options.values('exclude').map((glob) => compileGlob(glob));
  }

  *operands(first: string, second: string): Waiting<Status> {
    let left = first;
    let right = second;
    const stats = [this.stat(left), this.stat(right)];
    const [a, b] = stats;
    const newFile = this.context.has('new-file');
    if ((!a && !(newFile && b)) || (!b && !(newFile && a))) {
      for (const [index, name] of [left, right].entries()) if (!stats[index]) this.missing(name);
      return 2;
    }
    if (a?.type === 'directory' && b?.type === 'directory') return yield* this.directories(left, right, false);
    if (a?.type === 'directory' && b) left = joinPath(left, baseName(right));
    else if (b?.type === 'directory' && a) right = joinPath(right, baseName(left));
    if (!newFile) {
      const absent = [left, right].filter((name) => name !== '-' && !look(this.context.sys, name));
      for (const name of absent) this.missing(name);
      if (absent.length > 0) return 2;
    }
    return yield* this.files(left, right);
  }

  private stat(name: string): FileStat | undefined {
    return name === '-' ? this.context.sys.statDescriptor(0) : look(this.context.sys, name);
  }

  private missing(name: string): void {
    try {
      this.context.sys.stat(name);
    } catch (thrown) {
      this.context.fail(`${name}: ${reason(thrown)}`, 2);
    }
  }

  private *directories(left: string, right: string, below: boolean): Waiting<Status> {
    const { context } = this;
    if (below && !this.recursive) {
      context.print(`Common subdirectories: ${left} and ${right}\n`);
      return 0;
    }
    let status: Status = 0;
    const names = (path: string) => {
      try {
        return namesIn(context.sys, path).filter((name) => !this.excluded.some((glob) => glob.test(name)));
      } catch (thrown) {
        context.fail(`${path}: ${reason(thrown)}`, 2);
        status = 2;
        return [];
      }
    };
    const inLeft = names(left);
    const inRight = names(right);
    for (const name of [...new Set([...inLeft, ...inRight])].sort(compareText)) {
      const one = yield* this.entry(left, right, name, inLeft.includes(name), inRight.includes(name));
      status = Math.max(status, one) as Status;
      yield* context.relieve();
    }
    return status;
  }

  private *entry(left: string, right: string, name: string, inLeft: boolean, inRight: boolean): Waiting<Status> {
    const { context } = this;
    if ((!inLeft || !inRight) && !context.has('new-file')) {
      context.print(`Only in ${inLeft ? left : right}: ${name}\n`);
      return 1;
    }
    const [a, b] = [joinPath(left, name), joinPath(right, name)];
    const [statA, statB] = [look(context.sys, a), look(context.sys, b)];
    if (statA?.type === 'directory' && statB?.type === 'directory') return yield* this.directories(a, b, true);
    if (statA && statB && (statA.type === 'directory') !== (statB.type === 'directory')) {
      const kind = (stat: FileStat) =>
        stat.type === 'directory' ? 'directory' : stat.size === 0 ? 'regular empty file' : 'regular file';
      context.print(`File ${a} is a ${kind(statA)} while file ${b} is a ${kind(statB)}\n`);
      return 1;
    }
    return yield* this.files(a, b, true);
  }

  private *files(left: string, right: string, titled = false): Waiting<Status> {
    const { context } = this;
    let sides: [Side, Side];
    try {
      sides = [yield* this.side(left, 0), yield* this.side(right, 1)];
    } catch (thrown) {
      context.fail(`${left}: ${reason(thrown)}`, 2);
      return 2;
    }
    const [a, b] = sides;
    const key = this.key();
    const changes = this.relevant(yield* changesBetween(context.sys, marked(a, key), marked(b, key)), a, b);
    if (changes.length === 0) {
      if (context.has('report-identical-files')) context.print(`Files ${left} and ${right} are identical\n`);
      if (this.format() === 'side' && !context.has('suppress-common-lines')) context.print(this.text(a, b, changes));
      return 0;
    }
    const binary =
      !context.has('text') && [a, b].some(({ lines }) => lines.slice(0, 200).some((line) => line.includes('\0')));
    if (context.has('brief')) context.print(`Files ${left} and ${right} differ\n`);
    else if (binary) context.print(`Binary files ${left} and ${right} differ\n`);
    else {
      if (titled) {
        const [first = left, second = right] = context.options.values('label');
        context.print(`${[context.name, ...this.optionWords(), first, second].join(' ')}\n`);
      }
      context.print(this.text(a, b, changes));
    }
    return 1;
  }

  private optionWords(): string[] {
    const operands = new Set(this.context.operands);
    return this.context.sys.args.slice(1).filter((word) => !operands.has(word));
  }

  private *side(name: string, index: number): Waiting<Side> {
    const { context } = this;
    const { sys } = context;
    const stat = this.stat(name);
    let text = '';
    if (stat) {
      const descriptor = name === '-' ? 0 : sys.open(name, { read: true });
      text = bytesToText(yield* readAll(sys, descriptor));
      if (descriptor !== 0) sys.close(descriptor);
    }
    const terminated = text === '' || text.endsWith('\n');
    const lines = text === '' ? [] : (terminated ? text.slice(0, -1) : text).split('\n');
    const time = strftime(
      '%Y-%m-%d %H:%M:%S.%N %z',
      civilMicros(name === '-' ? sys.now() : (stat?.modified ?? 0), zoneOfProcess(sys)),
    );
    return { lines, terminated, label: context.options.values('label')[index] ?? `${name}\t${time}` };
  }

  /** What counts of a line. */
  private key(): (line: string) => string {
    const { context } = this;
    const steps: ((line: string) => string)[] = [];
    if (context.has('strip-trailing-cr')) steps.push((line) => line.replace(/\r$/, ''));
    if (context.has('ignore-all-space')) steps.push((line) => line.replace(/\s+/g, ''));
    if (context.has('ignore-space-change')) steps.push((line) => line.replace(/\s+$/, '').replace(/\s+/g, ' '));
    if (context.has('ignore-trailing-space')) steps.push((line) => line.replace(/\s+$/, ''));
    if (context.has('ignore-case')) steps.push((line) => line.toLowerCase());
    return (line) => steps.reduce((text, step) => step(text), line);
  }

  private relevant(changes: Change[], left: Side, right: Side): Change[] {
    const { context } = this;
    const pattern = context.value('ignore-matching-lines');
    const compiled = pattern === undefined ? undefined : compilePattern(pattern, { syntax: 'basic' });
    const blank = context.has('ignore-blank-lines');
    if (!compiled && !blank) return changes;
    const ignored = (line: string) => (blank && line === '') || (compiled?.test(line) ?? false);
    return changes.filter((change) => {
      const lines = [...left.lines.slice(...change.left), ...right.lines.slice(...change.right)];
      return !lines.every(ignored);
    });
  }

  private format(): 'normal' | 'unified' | 'context' | 'side' {
    const last = this.context.last('u', 'U', 'unified', 'c', 'C', 'context', 'side-by-side', 'normal');
    if (last === 'u' || last === 'U' || last === 'unified') return 'unified';
    if (last === 'c' || last === 'C' || last === 'context') return 'context';
    return last === 'side-by-side' ? 'side' : 'normal';
  }

  private text(left: Side, right: Side, changes: readonly Change[]): string {
    const { context } = this;
    const format = this.format();
    const [short, long] = format === 'unified' ? ['U', 'unified'] : ['C', 'context'];
    const given = context.value(short as string) ?? context.value(long as string);
    if (given !== undefined && !/^\d+$/.test(given)) throw new UsageError(`invalid context length '${given}'`);
    const lines = Number(given ?? 3);
    if (format === 'unified') return unifiedText(left, right, changes, lines);
    if (format === 'context') return contextText(left, right, changes, lines);
    if (format === 'side')
      return sideBySide(
        left,
        right,
        changes,
        Number(context.value('width') ?? 130),
        context.has('suppress-common-lines'),
      );
    return normalText(left, right, changes);
  }
}

/** Lines as they are compared; a missing last newline makes a line another one. */
function marked(side: Side, key: (line: string) => string): string[] {
  const keys = side.lines.map(key);
  if (!side.terminated) keys[keys.length - 1] += '\n';
  return keys;
}
