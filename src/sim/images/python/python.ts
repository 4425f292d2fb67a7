import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { printError, readAll } from '../../kernel/libc/streams.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { addBuiltins } from './builtins.js';
import { call } from './evaluate.js';
import { NotSimulated, Raised, WrongSyntax } from './failures.js';
import { serveFiles } from './files-server.js';
import { httpModules } from './handler-server.js';
import { Interpreter } from './interpreter.js';
import { addModules } from './modules.js';
import { parseProgram } from './parse-statement.js';
import { textOf, type Value } from './values.js';

const VERSION = '3.14.2';
const NOT_SIMULATED = 255;

/** python3: a small part of the language; what is not understood is said, and nothing is made up. */
export const python: Program = function* python(sys) {
  const version = sys.environment.get('PYTHON_VERSION') ?? VERSION;
  const words = sys.args.slice(1);
  while (/^-[uBEIsSO]+$/.test(words[0] ?? '')) words.shift();
  const [first, second] = words;
  if (first === '--version' || first === '-V') {
    yield* sys.write(1, `Python ${version}\n`);
    return 0;
  }
  if (first === '-c') return yield* runSource(sys, second ?? '', '<string>', ['-c', ...words.slice(2)], version);
  if (first === '-m' && second === 'http.server') return yield* serveFiles(sys, words.slice(2), version);
  if (first === '-m') return yield* notSimulated(sys, `the module ${second ?? ''}`);
  if (first !== undefined && first !== '-' && first.startsWith('-'))
    return yield* notSimulated(sys, `the option ${first}`);
  if (first === undefined && sys.terminal(0))
    return yield* notSimulated(sys, 'the interactive prompt; use -c or a file');
  try {
    const bytes = first === undefined || first === '-' ? yield* readAll(sys, 0) : sys.readFile(first);
    return yield* runSource(
      sys,
      decodeText(bytes),
      first === undefined || first === '-' ? '<stdin>' : first,
      words.length > 0 ? words : [''],
      version,
    );
  } catch (error) {
    if (!isErrno(error)) throw error;
    const path = first?.startsWith('/') ? first : `${sys.directory().replace(/\/$/, '')}/${first}`;
    const number = error.code === 'EACCES' ? 13 : error.code === 'EISDIR' ? 21 : 2;
    yield* printError(sys, `${sys.args[0]}: can't open file '${path}': [Errno ${number}] ${error.message}\n`);
    return 2;
  }
};

function* notSimulated(sys: Sys, what: string): Waiting<number> {
  yield* printError(sys, `python3: not simulated: ${what}\n`);
  return NOT_SIMULATED;
}

function* runSource(sys: Sys, source: string, file: string, args: readonly string[], version: string): Waiting<number> {
  const run = new Interpreter(sys);
  addBuiltins(run);
  addModules(run, args, version, httpModules(run, version));
  run.interrupted = () => interrupted(run);
  sys.onSignal('INT', 'catch');
  try {
    yield* run.run(run.globals, parseProgram(source), '<module>');
    return 0;
  } catch (error) {
    return yield* ended(sys, error, source, file);
  }
}

/** Hands a signal that came to who wants it. */
function* interrupted(run: Interpreter): Waiting<void> {
  for (let signal = run.sys.takeSignal(); signal; signal = run.sys.takeSignal()) {
    const [handler, number] = run.handlers.get(signal) ?? [];
    if (handler !== undefined && number !== undefined) yield* call(run, handler, [number, null]);
    else if (signal === 'INT') throw new Raised('KeyboardInterrupt', '');
  }
}

/** Says what ended a program, and gives its status. */
function* ended(sys: Sys, error: unknown, source: string, file: string): Waiting<number> {
  const lines = source.split('\n');
  if (error instanceof NotSimulated)
    return yield* notSimulated(sys, `${error.message}${error.line === undefined ? '' : ` (line ${error.line})`}`);
  if (error instanceof WrongSyntax) {
    yield* printError(
      sys,
      `  File "${file}", line ${error.line}\n    ${lines[error.line - 1]?.trim() ?? ''}\n${error.type}: ${error.message}\n`,
    );
    return 1;
  }
  if (!(error instanceof Raised)) throw error;
  if (error.type === 'SystemExit') return yield* left(sys, error.value ?? null);
  const trace = error.trace.toReversed().map(({ line, where }) => {
    const text = file === '<stdin>' ? '' : `    ${lines[line - 1]?.trim() ?? ''}\n`;
    return `  File "${file}", line ${line}, in ${where}\n${text}`;
  });
  yield* printError(
    sys,
    `Traceback (most recent call last):\n${trace.join('')}${error.type}${error.message === '' ? '' : `: ${error.message}`}\n`,
  );
  return error.type === 'KeyboardInterrupt' ? 130 : 1;
}

function* left(sys: Sys, status: Value): Waiting<number> {
  if (status === null) return 0;
  if (typeof status === 'bigint') return Number(((status % 256n) + 256n) % 256n);
  yield* printError(sys, `${textOf(status)}\n`);
  return 1;
}
