import type { Bytes } from '../../kernel/bytes.js';
import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { eachInput } from './inputs.js';
import { CHUNK_BYTES, rawBytes, rawText } from './io.js';

/** What cat adds to lines, and where it stands in the text so far. */
interface Marks {
  readonly number: 'all' | 'nonblank' | undefined;
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly visible: boolean;
  readonly squeeze: boolean;
  line: number;
  blank: number;
  atStart: boolean;
}

/** `cat`: joins files. */
export const cat: Program = command(
  {
    name: 'cat',
    summary: 'Concatenate FILE(s) to standard output.',
    options: [
      'b number-nonblank : number lines that are not empty',
      'n number : number all lines',
      's squeeze-blank : no repeated empty lines',
      'v show-nonprinting : show ^ and M- for what cannot be seen',
      'E show-ends : show $ at the end of each line',
      'T show-tabs : show tabs as ^I',
      'A show-all : the same as -vET',
      'e : the same as -vE',
      't : the same as -vT',
      'u : (ignored)',
    ],
  },
  function* (context) {
    const has = (...keys: string[]) => keys.some((key) => context.has(key));
    const marks: Marks = {
      number: has('number-nonblank') ? 'nonblank' : has('number') ? 'all' : undefined,
      ends: has('show-all', 'e', 'show-ends'),
      tabs: has('show-all', 't', 'show-tabs'),
      visible: has('show-all', 'e', 't', 'show-nonprinting'),
      squeeze: has('squeeze-blank'),
      line: 0,
      blank: 0,
      atStart: true,
    };
    const plain = !marks.number && !marks.ends && !marks.tabs && !marks.visible && !marks.squeeze;
    yield* eachInput(context, context.operands, function* (descriptor, name) {
      if (isOutput(context, descriptor)) {
        context.fail(`${context.showName(name)}: input file is output file`);
        return;
      }
      yield* copy(context, descriptor, plain ? undefined : marks);
    });
    return undefined;
  },
);

function* copy(context: Context, descriptor: number, marks: Marks | undefined): Waiting<void> {
  for (;;) {
    const chunk = yield* context.sys.read(descriptor, CHUNK_BYTES);
    if (chunk.length === 0) return;
    context.print(marks ? marked(chunk, marks) : chunk);
    yield* context.flush();
  }
}

/** Writing a file onto itself would never end. */
function isOutput(context: Context, descriptor: number): boolean {
  const input = context.sys.statDescriptor(descriptor);
  if (input.type !== 'file' || input.size === 0) return false;
  const output = context.sys.statDescriptor(1);
  return output.type === 'file' && output.device === input.device && output.inode === input.inode;
}

function marked(chunk: Bytes, marks: Marks): Bytes {
  let result = '';
  for (const char of rawText(chunk)) {
    if (char === '\n') {
      marks.blank = marks.atStart ? marks.blank + 1 : 0;
      if (marks.atStart && marks.squeeze && marks.blank > 1) continue;
      if (marks.atStart && marks.number === 'all') result += nextNumber(marks);
      result += marks.ends ? '$\n' : '\n';
      marks.atStart = true;
      continue;
    }
    if (marks.atStart && marks.number) result += nextNumber(marks);
    marks.atStart = false;
    marks.blank = 0;
    result += shown(char, marks);
  }
  return rawBytes(result);
}

function nextNumber(marks: Marks): string {
  marks.line += 1;
  return `${String(marks.line).padStart(6)}\t`;
}

function shown(char: string, marks: Marks): string {
  if (char === '\t') return marks.tabs ? '^I' : char;
  return marks.visible ? visibleByte(char.charCodeAt(0)) : char;
}

/** A byte in cat's `-v` notation; newline and tab too. */
function visibleByte(byte: number): string {
  if (byte >= 128) return `M-${visibleByte(byte - 128)}`;
  if (byte === 127) return '^?';
  return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte);
}
