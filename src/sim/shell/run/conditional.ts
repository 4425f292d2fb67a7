import type { TestCommand, TestExpression, Word } from 'unbash';
import { COST } from '../../kernel/cost.js';
import type { Waiting } from '../../kernel/wait.js';
import { PREEMPT } from '../../kernel/wait.js';
import type { WordContext } from '../expand/compile-word.js';
import { compileText, compileWord } from '../expand/compile-word.js';
import { parameterOf } from '../expand/parameters.js';
import { readPattern } from '../expand/pattern.js';
import { toJavaScript } from '../expand/posix-regex.js';
import { quoteIfNeeded } from '../expand/quoting.js';
import type { CompiledWord } from '../expand/word.js';
import { expandPattern, expandSingle } from '../expand/word.js';
import { testContextOf, testFile, testFilePair } from '../format/test-files.js';
import { IndexedElements } from '../state/arrays.js';
import { CommandFailure } from '../state/failures.js';
import { SET_OPTIONS } from '../state/options.js';
import type { Command, Shell } from '../state/shell.js';
import { Variable } from '../state/variable.js';
import { afterStatus, fail } from './failing.js';
import { trace } from './tracing.js';

type Test = (shell: Shell) => Waiting<boolean>;

/** Compiles `[[ … ]]`. */
export function compileConditional(node: TestCommand, context: WordContext): Command {
  const test = compileTest(node.expression, context);
  const line = context.lines.lineOf(node.pos);
  return (shell) => run(shell, test, line);
}

function* run(shell: Shell, test: Test, line: number): Waiting<number> {
  shell.line = line;
  if (shell.sys.charge(COST.shellStep) || shell.pending.length > 0) {
    yield PREEMPT;
    yield* shell.checkSignals();
  }
  let status: number;
  try {
    status = (yield* test(shell)) ? 0 : 1;
  } catch (error) {
    if (error instanceof WrongRegex) status = 2;
    else status = yield* fail(shell, error);
  }
  shell.pipeStatus = [status];
  const step = afterStatus(shell, status);
  return typeof step === 'number' ? step : yield* step;
}

/** A regular expression that cannot be read: status 2, without a word. */
class WrongRegex extends Error {}

function compileTest(node: TestExpression, context: WordContext): Test {
  switch (node.type) {
    case 'TestLogical': {
      const operands = node.operands.map((operand) => compileTest(operand, context));
      const stop = node.operator === '||';
      return function* (shell) {
        for (const operand of operands) if ((yield* operand(shell)) === stop) return stop;
        return !stop;
      };
    }
    case 'TestNot': {
      const operand = compileTest(node.operand, context);
      const flip = node.negations.length % 2 === 1;
      return function* (shell) {
        return (yield* operand(shell)) !== flip;
      };
    }
    case 'TestGroup':
      return compileTest(node.expression, context);
    case 'TestUnary':
      return compileUnary(node.operator, word(node.operand, context));
    default:
      return compileBinary(node.operator, word(node.left, context), node.right, context);
  }
}

function word(node: Word, context: WordContext): CompiledWord {
  return compileWord(node, context);
}

function compileUnary(operator: string, operand: CompiledWord): Test {
  return function* (shell) {
    const value = yield* expandSingle(shell, operand);
    if (shell.options.has('xtrace')) yield* trace(shell, `[[ ${operator} ${quoteIfNeeded(value)} ]]`);
    switch (operator) {
      case '-n':
        return value !== '';
      case '-z':
        return value === '';
      case '-v':
        return isSet(shell, value);
      case '-R':
        return shell.variables.raw(value)?.has('n') ?? false;
      case '-o':
        return SET_OPTIONS.some(([name]) => name === value && shell.options.has(name));
      default:
        return testFile(operator.slice(1), value, testContextOf(shell.sys));
    }
  };
}

/** `-v name`, `-v name[subscript]`. */
export function isSet(shell: Shell, name: string): boolean {
  const element = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(name);
  if (/^\d+$/.test(name)) return Number(name) <= shell.positional.length;
  if (!element && !/^[A-Za-z_]\w*$/.test(name)) return false;
  const value = element ? parameterOf(shell, element[1] as string, element[2]) : parameterOf(shell, name, undefined);
  return value.kind === 'many' ? value.values.length > 0 : value.value !== undefined;
}

function compileBinary(operator: string, left: CompiledWord, rightNode: Word, context: WordContext): Test {
  const right =
    operator === '=~' && !rightNode.parts ? regexWord(rightNode.text, context) : compileWord(rightNode, context);
  return function* (shell) {
    const first = yield* expandSingle(shell, left);
    if (operator === '=~') return yield* matchRegex(shell, first, right);
    if (operator === '=' || operator === '==' || operator === '!=') {
      const pattern = yield* expandPattern(shell, right);
      if (shell.options.has('xtrace'))
        yield* trace(shell, `[[ ${quoteIfNeeded(first)} ${operator} ${pattern === '' ? "''" : pattern} ]]`);
      const options = { extglob: true, ignoreCase: shell.options.on('nocasematch') };
      return readPattern(pattern, options).matches(first) === (operator !== '!=');
    }
    const second = yield* expandSingle(shell, right);
    if (shell.options.has('xtrace'))
      yield* trace(shell, `[[ ${quoteIfNeeded(first)} ${operator} ${quoteIfNeeded(second)} ]]`);
    return compare(shell, operator, first, second);
  };
}

/** A regular expression without expansions: backslashes quote one character. */
function regexWord(text: string, context: WordContext): CompiledWord {
  return compileText(text, context).source === text ? literalRegex(text) : compileText(text, context);
}

function literalRegex(text: string): CompiledWord {
  const put: CompiledWord['pieces'] = [...text.matchAll(/\\([\s\S])|[^\\]+/g)].map(([whole, char]) => ({
    waits: false,
    put: (_shell, builder) => (char === undefined ? builder.literal(whole) : builder.quoted(char)),
  }));
  return { pieces: put, waits: false, constant: undefined, source: text };
}

function* matchRegex(shell: Shell, subject: string, right: CompiledWord): Waiting<boolean> {
  const source = yield* expandPattern(shell, right, 'regex');
  if (shell.options.has('xtrace')) yield* trace(shell, `[[ ${quoteIfNeeded(subject)} =~ ${source} ]]`);
  let regex: RegExp;
  try {
    regex = new RegExp(toJavaScript(source), shell.options.on('nocasematch') ? 'sui' : 'su');
  } catch {
    throw new WrongRegex();
  }
  const match = regex.exec(subject);
  const variable = new Variable();
  variable.items = new IndexedElements(match ? [...match].map((group) => group ?? '') : []);
  shell.variables.define('BASH_REMATCH', variable);
  return match !== null;
}

function compare(shell: Shell, operator: string, first: string, second: string): boolean {
  if (operator === '<') return first < second;
  if (operator === '>') return first > second;
  if (operator === '-nt' || operator === '-ot' || operator === '-ef')
    return testFilePair(operator, first, second, testContextOf(shell.sys));
  const left = number(shell, first);
  const right = number(shell, second);
  const difference = left - right;
  switch (operator) {
    case '-eq':
      return difference === 0n;
    case '-ne':
      return difference !== 0n;
    case '-lt':
      return difference < 0n;
    case '-le':
      return difference <= 0n;
    case '-gt':
      return difference > 0n;
    default:
      return difference >= 0n;
  }
}

function number(shell: Shell, text: string): bigint {
  try {
    return BigInt(shell.variables.calculate(text));
  } catch (error) {
    if (error instanceof CommandFailure)
      throw new CommandFailure(`[[: ${error.message}`, error.status, error.reach === 'line' ? 'command' : error.reach);
    throw error;
  }
}
