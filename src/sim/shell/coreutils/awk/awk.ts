import type { Program } from '../../../kernel/sys.js';
import { textToBytes } from '../../format/byte-text.js';
import type { Context } from '../command.js';
import { command, Exit, reason } from '../command.js';
import { helpText } from '../help.js';
import { rawText } from '../io.js';
import { AwkInput, setSurroundings, setVariable } from './input.js';
import { AwkRun } from './interpreter.js';
import { parseAwk } from './parser.js';
import { AwkPatternError } from './patterns.js';
import type { AwkProgram } from './syntax.js';
import { AwkSyntaxError } from './syntax.js';

/** What the command line says. */
interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly separator: string | undefined;
  readonly assignments: readonly string[];
}

/** Makes awk under one of its names; it works on bytes, as mawk does. */
function awkProgram(name: string): Program {
  return command(
    {
      name,
      usage: '[Options] [Program] [file ...]',
      summary: 'Find and process patterns in text.',
      bare: true,
      inOrder: true,
      legacy: (word) => ({ key: 'word', value: word, as: '' }),
    },
    function* (context) {
      const call = readCall(context);
      const program = parsed(context, call.program);
      const run = new AwkRun(context, program, new AwkInput(context));
      setSurroundings(run, [context.name, ...call.args]);
      if (call.separator !== undefined) setVariable(run, 'FS', call.separator);
      for (const assignment of call.assignments) {
        const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(assignment);
        if (!match) context.die(`improper assignment: -v ${assignment}`, 2);
        else setVariable(run, match[1] as string, match[2] as string);
      }
      try {
        return yield* run.all();
      } catch (thrown) {
        if (thrown instanceof AwkPatternError) return context.die(thrown.message, 2);
        throw thrown;
      }
    },
  );
}

/** `awk`: finds patterns in text and works on them. */
export const awk: Program = awkProgram('awk');
/** `mawk`, what Debian installs as awk. */
export const mawk: Program = awkProgram('mawk');

function readCall(context: Context): Call {
  const words = [...context.options.values('word'), ...context.operands];
  const raw = (text: string) => rawText(textToBytes(text));
  const files: string[] = [];
  const assignments: string[] = [];
  let separator: string | undefined;
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at] as string;
    if (word === '--') {
      at += 1;
      break;
    }
    const match = /^-([fFvW])(.*)$/s.exec(word);
    if (!match) break;
    const [, letter, inline = ''] = match;
    const value = inline !== '' ? inline : words[++at];
    if (value === undefined) context.die(`option ${word} lacks argument`, 2);
    else if (letter === 'f') files.push(readProgram(context, value));
    else if (letter === 'F') separator = raw(value);
    else if (letter === 'v') assignments.push(raw(value));
    else if (value.startsWith('v')) {
      context.print('mawk 1.3.4 20200120\n');
      throw new Exit(0);
    }
  }
  const rest = words.slice(at);
  if (files.length > 0) return { program: files.join('\n'), args: rest, separator, assignments };
  const [first, ...args] = rest;
  if (first === undefined) {
    context.output.add(2, helpText('mawk', context.spec, []));
    throw new Exit(2);
  }
  if (/^-./.test(first)) context.die(`not an option: ${first}`, 2);
  return { program: raw(first), args, separator, assignments };
}

function readProgram(context: Context, path: string): string {
  try {
    return rawText(context.sys.readFile(path));
  } catch (thrown) {
    return context.die(`cannot open ${path} (${reason(thrown)})`, 2);
  }
}

function parsed(context: Context, text: string): AwkProgram {
  try {
    return parseAwk(text);
  } catch (thrown) {
    if (thrown instanceof AwkSyntaxError) return context.die(thrown.message, 2);
    throw thrown;
  }
}
