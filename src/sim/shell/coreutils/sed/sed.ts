import type { Program } from '../../../kernel/sys.js';
import { bytesToText } from '../../format/byte-text.js';
import type { Context } from '../command.js';
import { command, Exit, reason } from '../command.js';
import { helpText } from '../help.js';
import { readOptionSpecs } from '../options.js';
import { SedRun } from './execute.js';
import { SedInput } from './input.js';
import { SedOutput } from './output.js';
import { parseScript } from './parse.js';
import type { SedCommand } from './script.js';
import { ScriptError } from './script.js';
import type { ScriptPiece } from './script-reader.js';

/** `sed`: edits a stream of lines. */
export const sed: Program = command(
  {
    name: 'sed',
    usage: '[OPTION]... {script-only-if-no-other-script} [input-file]...',
    summary: '',
    version: '(GNU sed) 4.9',
    options: [
      'n quiet silent : print only what the script says',
      'debug : (ignored)',
      'e expression=script : add the script',
      'f file=script-file : add the script in the file',
      'follow-symlinks : follow links when editing in place',
      'i in-place?SUFFIX : edit files in place, keep the old ones with SUFFIX',
      'l line-length=N : where l folds',
      'posix : no GNU extensions',
      'E r regexp-extended : extended regular expressions',
      's separate : files are separate texts',
      'sandbox : no e, r, w',
      'u unbuffered : write at once',
      'z null-data : lines end with NUL',
    ],
  },
  function* (context) {
    const { pieces, names } = scriptOf(context);
    const script = parsed(context, pieces);
    const inPlace = context.has('in-place');
    const end = context.has('null-data') ? '\0' : '\n';
    const output = new SedOutput(context, end);
    for (const { name, text, substitution } of script) {
      if (name === 'w' || name === 'W') output.openFile(text);
      if (substitution?.file !== undefined) output.openFile(substitution.file);
    }
    const suffix = context.value('in-place') ?? '';
    const input = new SedInput(context, names, end.charCodeAt(0), {
      separate: inPlace || context.has('separate'),
      opened: (name) => !inPlace || output.begin(name),
      closed: () => output.commit(suffix),
    });
    const quiet = context.has('quiet') || /^#n(\n|$)/.test(pieces[0]?.text ?? '');
    const run = new SedRun(context, script, input, output, {
      quiet,
      end,
      lineLength: Number(context.value('line-length') ?? 70),
    });
    yield* run.all();
    if (inPlace) yield* finishInPlace(input, output, suffix);
    yield* output.flush(true);
    return run.exitCode || undefined;
  },
);

/** Without a script the help goes to standard error. */
function usage(context: Context): never {
  context.output.add(2, helpText(context.name, context.spec, readOptionSpecs(context.spec.options ?? [])));
  throw new Exit(1);
}

/** After `q` the rest of the file that is being edited stays as it is. */
function* finishInPlace(input: SedInput, output: SedOutput, suffix: string) {
  for (let line = yield* input.restOfFile(); line !== undefined; line = yield* input.restOfFile())
    output.line(line, input.terminated);
  yield* output.commit(suffix);
}

function scriptOf(context: Context): { pieces: ScriptPiece[]; names: readonly string[] } {
  const given = context.options.given.filter(({ key }) => key === 'expression' || key === 'file');
  const rest = (operands: readonly string[]) => (operands.length > 0 ? operands : ['-']);
  if (given.length === 0) {
    const [text, ...names] = context.operands;
    if (text === undefined) return usage(context);
    return { pieces: [{ text, file: undefined }], names: rest(names) };
  }
  const pieces = given.map(({ key, value = '' }) => {
    if (key === 'expression') return { text: value.replace(/\n$/, ''), file: undefined };
    try {
      const text = bytesToText(context.sys.readFile(value)).replace(/\n$/, '');
      return { text: text.replace(/^#!.*(\n|$)/, '\n'), file: value };
    } catch (thrown) {
      return context.die(`couldn't open file ${value}: ${reason(thrown)}`, 4);
    }
  });
  return { pieces, names: rest(context.operands) };
}

function parsed(context: Context, pieces: readonly ScriptPiece[]): SedCommand[] {
  try {
    return parseScript(pieces, context.has('regexp-extended'));
  } catch (thrown) {
    if (thrown instanceof ScriptError)
      return context.die(thrown.message, thrown.message.startsWith("can't find") ? 4 : 1);
    throw thrown;
  }
}
