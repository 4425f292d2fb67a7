import type { ArithmeticCommand, ArithmeticFor, Case, CompoundList, For, If, Select, SyntaxNode, While } from 'unbash';
import { COST } from '../../kernel/cost.js';
import type { Waiting } from '../../kernel/wait.js';
import { PREEMPT } from '../../kernel/wait.js';
import type { CompiledArithmetic } from '../expand/arithmetic.js';
import { compileArithmetic } from '../expand/arithmetic.js';
import type { WordContext } from '../expand/compile-word.js';
import { compileQuotedText, compileWord, compileWords } from '../expand/compile-word.js';
import { readPattern } from '../expand/pattern.js';
import { expandPattern, expandSingle, expandWords } from '../expand/word.js';
import { LoopControl } from '../state/failures.js';
import type { Command, Shell } from '../state/shell.js';
import { afterStatus, fail } from './failing.js';
import { runSelect } from './select.js';
import { ended, runCommand } from './steps.js';
import { trace, tracedWords } from './tracing.js';

/** Compiles any command; given by the file that knows all kinds. */
export type Compile = (node: SyntaxNode, context: WordContext) => Command;

/** Charges a step of a loop, and lets others run and signals be taken when it is time. */
function* step(shell: Shell): Waiting<void> {
  if (!shell.sys.charge(COST.shellStep) && shell.pending.length === 0) return;
  yield PREEMPT;
  yield* shell.checkSignals();
}

/** Runs a condition: `set -e` does not act on it. */
export function* runCondition(shell: Shell, condition: Command): Waiting<number> {
  shell.conditional += 1;
  try {
    return yield* runCommand(shell, condition);
  } finally {
    shell.conditional -= 1;
  }
}

/** Compiles `if`. */
export function compileIf(node: If, context: WordContext, compile: Compile): Command {
  const branch = ({ clause, then }: { clause: CompoundList; then: CompoundList }) => ({
    test: compile(clause, context),
    body: compile(then, context),
  });
  const branches = [branch(node), ...node.elif.map(branch)];
  const otherwise = node.else && compile(node.else, context);
  return function* (shell) {
    for (const { test, body } of branches)
      if ((yield* runCondition(shell, test)) === 0) return yield* runCommand(shell, body);
    return otherwise ? yield* runCommand(shell, otherwise) : ended(shell, 0);
  };
}

/** Runs a loop's body once; `'end'` when the loop is over. */
function* turn(shell: Shell, body: Command): Waiting<number | 'end'> {
  try {
    const result = body(shell);
    return typeof result === 'number' ? result : yield* result;
  } catch (error) {
    if (!(error instanceof LoopControl)) throw error;
    if (error.levels > 1) {
      error.levels -= 1;
      throw error;
    }
    shell.status = error.status;
    return error.kind === 'break' ? 'end' : 0;
  }
}

/** Runs a loop; counts it for `break` and Ctrl-C. */
function* inLoop(shell: Shell, loop: () => Waiting<number>): Waiting<number> {
  shell.loops += 1;
  try {
    return ended(shell, yield* loop());
  } finally {
    shell.loops -= 1;
  }
}

/** Compiles `while` and `until`. */
export function compileWhile(node: While, context: WordContext, compile: Compile): Command {
  const test = compile(node.clause, context);
  const body = compile(node.body, context);
  const until = node.kind === 'until';
  return (shell) =>
    inLoop(shell, function* () {
      let status = 0;
      for (;;) {
        yield* step(shell);
        const tested = yield* turn(shell, (own) => runCondition(own, test));
        if (tested === 'end' || (tested === 0) === until) return status;
        const result = yield* turn(shell, body);
        if (result === 'end') return shell.status;
        status = result;
      }
    });
}

/** Compiles `for name in words`. */
export function compileFor(node: For | Select, context: WordContext, compile: Compile): Command {
  const words = node.wordlist && compileWords(node.wordlist, context);
  const body = compile(node.body, context);
  const name = node.name.text;
  const line = context.lines.lineOf(node.pos);
  const head = `${node.type.toLowerCase()} ${name} in ${node.wordlist?.map(({ text }) => text).join(' ') ?? '"$@"'}`;
  return function* (shell) {
    shell.line = line;
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      yield* shell.complain(`\`${name}': not a valid identifier`);
      return ended(shell, 1);
    }
    let values: readonly string[];
    try {
      values = words ? yield* expandWords(shell, words) : shell.positional;
      if (node.type === 'Select')
        return yield* inLoop(shell, () => runSelect(shell, name, values, (own) => turn(own, body)));
      return yield* inLoop(shell, () => overValues(shell, name, values, body, head));
    } catch (error) {
      return ended(shell, yield* fail(shell, error));
    }
  };
}

function* overValues(
  shell: Shell,
  name: string,
  values: readonly string[],
  body: Command,
  head: string,
): Waiting<number> {
  let status = 0;
  for (const value of values) {
    yield* step(shell);
    if (shell.options.has('xtrace')) yield* trace(shell, head);
    if (shell.variables.raw(name)?.has('n')) (shell.variables.raw(name) as { value: string | undefined }).value = value;
    else shell.variables.set(name, value);
    const result = yield* turn(shell, body);
    if (result === 'end') return shell.status;
    status = result;
  }
  return status;
}

/** Compiles `for ((…; …; …))`. */
export function compileArithmeticFor(node: ArithmeticFor, context: WordContext, compile: Compile): Command {
  const source = context.lines.text.slice(node.pos, node.body.pos);
  const inner = source.slice(source.indexOf('((') + 2, source.lastIndexOf('))'));
  const [first, test, next] = splitAtSemicolons(inner).map((part) =>
    part.trim() === '' ? undefined : arithmetic(part, context),
  );
  const body = compile(node.body, context);
  const line = context.lines.lineOf(node.pos);
  const value = function* (shell: Shell, expression: CompiledArithmetic): Waiting<boolean> {
    if (shell.options.has('xtrace')) yield* trace(shell, `(( ${expression.source.trim()} ))`);
    return (expression.waits ? yield* expression.evaluate(shell) : expression.now(shell)) !== 0;
  };
  const loop = function* (shell: Shell): Waiting<number> {
    let status = 0;
    if (first) yield* value(shell, first);
    for (;;) {
      yield* step(shell);
      if (test && !(yield* value(shell, test))) return status;
      const result = yield* turn(shell, body);
      if (result === 'end') return shell.status;
      status = result;
      if (next) yield* value(shell, next);
    }
  };
  return function* (shell) {
    shell.line = line;
    try {
      return yield* inLoop(shell, () => loop(shell));
    } catch (error) {
      return ended(shell, yield* fail(shell, error));
    }
  };
}

function arithmetic(text: string, context: WordContext): CompiledArithmetic {
  return compileArithmetic(text, (source) => compileQuotedText(source, context), '((: ');
}

function splitAtSemicolons(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const char of text) {
    if ('([{'.includes(char)) depth += 1;
    if (')]}'.includes(char)) depth -= 1;
    if (char === ';' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

/** Compiles `((…))`. */
export function compileArithmeticCommand(node: ArithmeticCommand, context: WordContext): Command {
  const expression = arithmetic(node.body, context);
  const line = context.lines.lineOf(node.pos);
  return function* (shell) {
    shell.line = line;
    yield* step(shell);
    if (shell.options.has('xtrace')) yield* trace(shell, `(( ${node.body.trim()} ))`);
    let status: number;
    try {
      status = (expression.waits ? yield* expression.evaluate(shell) : expression.now(shell)) !== 0 ? 0 : 1;
    } catch (error) {
      status = yield* fail(shell, error);
    }
    shell.pipeStatus = [status];
    const result = afterStatus(shell, status);
    return typeof result === 'number' ? result : yield* result;
  };
}

/** Compiles `case`. */
export function compileCase(node: Case, context: WordContext, compile: Compile): Command {
  const subject = compileWord(node.word, context);
  const items = node.items.map((item) => ({
    patterns: item.pattern.map((word) => compileWord(word, context)),
    body: item.body.commands.length > 0 ? compile(item.body, context) : undefined,
    terminator: item.terminator ?? ';;',
  }));
  const line = context.lines.lineOf(node.pos);
  return function* (shell) {
    shell.line = line;
    try {
      const text = yield* expandSingle(shell, subject);
      if (shell.options.has('xtrace')) yield* trace(shell, `case ${tracedWords([node.word.text])} in`);
      let status = 0;
      let falls = false;
      for (const { patterns, body, terminator } of items) {
        if (!falls && !(yield* matchesAny(shell, text, patterns))) continue;
        status = body ? yield* runCommand(shell, body) : 0;
        if (terminator === ';;') break;
        falls = terminator === ';&';
      }
      return ended(shell, status);
    } catch (error) {
      return ended(shell, yield* fail(shell, error));
    }
  };
}

function* matchesAny(
  shell: Shell,
  text: string,
  patterns: readonly Parameters<typeof expandPattern>[1][],
): Waiting<boolean> {
  const options = { extglob: shell.options.on('extglob'), ignoreCase: shell.options.on('nocasematch') };
  for (const pattern of patterns)
    if (readPattern(yield* expandPattern(shell, pattern), options).matches(text)) return true;
  return false;
}
