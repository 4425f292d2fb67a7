import type { Assignment, CommandArgument, Command as CommandNode, Redirection, Word } from 'unbash';
import { COST } from '../../kernel/cost.js';
import type { Waiting } from '../../kernel/wait.js';
import { PREEMPT } from '../../kernel/wait.js';
import { expandBraces } from '../expand/braces.js';
import type { WordContext } from '../expand/compile-word.js';
import { compileWord, compileWords, fromPieces } from '../expand/compile-word.js';
import type { CompiledWord, Piece } from '../expand/word.js';
import { addFields, addFieldsWaiting, expandSingle } from '../expand/word.js';
import { CommandFailure } from '../state/failures.js';
import type { ArrayValuePair, Builtin, Command, Shell, Step } from '../state/shell.js';
import type { CompiledAssignment } from './assignments.js';
import { arrayPairs, assign, assignArray, assignNow, compileAssignment, traceText } from './assignments.js';
import { afterStatus, fail } from './failing.js';
import type { CompiledRedirection, Undo } from './redirections.js';
import { compileRedirections, redirect, restore } from './redirections.js';
import { after, ended } from './steps.js';
import { trace, tracedWords } from './tracing.js';
import { runNamed } from './words.js';

/** Built-ins whose arguments may be assignments. */
const DECLARATIONS = new Set(['declare', 'typeset', 'local', 'export', 'readonly']);

/** A simple command ready to run. */
export interface SimpleCommand {
  readonly line: number;
  readonly source: string;
  readonly words: readonly CompiledWord[];
  /** Arguments of `declare` and its kin that are assignments, by their place among the words. */
  readonly declared: ReadonlyMap<number, CompiledAssignment>;
  readonly assignments: readonly CompiledAssignment[];
  readonly redirections: readonly CompiledRedirection[];
}

/** Compiles a simple command. */
export function compileSimple(node: CommandNode, context: WordContext): Command {
  const simple = partsOf(node, context);
  const { words, assignments, redirections, declared, line, source } = simple;
  const quick = redirections.length === 0 && declared.size === 0 && words.every(({ waits }) => !waits);
  const onlyAssigns = quick && words.length === 0 && assignments.every(({ waits }) => !waits);
  const onlyRuns = quick && assignments.length === 0 && words.length > 0;
  return (shell) => {
    shell.line = line;
    if (!shell.inTrap) shell.executing = source;
    const busy = shell.sys.charge(COST.shellStep) || shell.pending.length > 0;
    if (busy || shell.traps.has('DEBUG') || shell.options.set.has('xtrace')) return runSlowly(shell, simple, busy);
    if (onlyAssigns) return assignQuickly(shell, assignments);
    if (!onlyRuns) return runSlowly(shell, simple, false);
    return runQuickly(shell, simple);
  };
}

function partsOf(node: CommandNode, context: WordContext): SimpleCommand {
  const isAssignment = (part: Assignment | Redirection): part is Assignment => part.type === 'Assignment';
  const words: CompiledWord[] = [];
  const declared = new Map<number, CompiledAssignment>();
  const name = node.name;
  if (name) words.push(...compileWords([name], context));
  const declares = name !== undefined && DECLARATIONS.has(name.text);
  for (const argument of node.args) {
    if (argument.type === 'Assignment' && declares) {
      declared.set(words.length, compileAssignment(argument, context));
      words.push(fromPieces([], argument.text));
    } else words.push(...compileArgument(argument, context));
  }
  return {
    line: context.lines.lineOf(node.pos),
    source: context.lines.text.slice(node.pos, node.end),
    words,
    declared,
    assignments: node.prefix.filter(isAssignment).map((part) => compileAssignment(part, context)),
    redirections: compileRedirections(node.redirects, context),
  };
}

/** An argument that looks like an assignment is a word all the same. */
function compileArgument(argument: CommandArgument, context: WordContext): CompiledWord[] {
  if (argument.type === 'Word') return compileWords([argument], context);
  if (argument.value.type === 'ArrayValue')
    throw new CommandFailure("syntax error near unexpected token `('", 2, 'shell');
  const { text } = argument.value as Word;
  const head = argument.text.slice(0, argument.text.length - text.length);
  const put: Piece = { waits: false, put: (_shell, builder) => builder.literal(head) };
  const braces = expandBraces(argument.text);
  if (braces.length > 1)
    return braces.map((one) => fromPieces([{ waits: false, put: (_shell, builder) => builder.literal(one) }], one));
  return [
    fromPieces([put, ...compileWord(argument.value as Word, { ...context, assignment: true }).pieces], argument.text),
  ];
}

function assignQuickly(shell: Shell, assignments: readonly CompiledAssignment[]): Step {
  try {
    for (const assignment of assignments) assignNow(shell, assignment);
    return ended(shell, 0);
  } catch (error) {
    return failed(shell, error);
  }
}

function* failed(shell: Shell, error: unknown): Waiting<number> {
  const step = afterStatus(shell, yield* fail(shell, error));
  return typeof step === 'number' ? step : yield* step;
}

function runQuickly(shell: Shell, simple: SimpleCommand): Step {
  const args: string[] = [];
  try {
    for (const word of simple.words) addFields(shell, word, args);
  } catch (error) {
    return failed(shell, error);
  }
  if (args.length === 0) return ended(shell, 0);
  const name = args[0] as string;
  if (shell.functions.has(name)) return runFinished(shell, simple, args);
  const builtin = shell.disabled.has(name) ? undefined : shell.builtins.get(name);
  if (!builtin) return runFinished(shell, simple, args);
  return runBuiltin(shell, builtin, args);
}

/** Runs a built-in; what it throws becomes its failure. */
function runBuiltin(shell: Shell, builtin: Builtin, args: readonly string[]): Step {
  shell.lastArgument = args.at(-1) as string;
  try {
    const step = builtin(shell, args);
    if (typeof step === 'number') {
      if (shell.pipeStatus.length !== 1 || shell.pipeStatus[0] !== step) shell.pipeStatus = [step];
      return afterStatus(shell, step);
    }
    return runWaitingBuiltin(shell, step);
  } catch (error) {
    return failed(shell, error);
  }
}

function* runWaitingBuiltin(shell: Shell, steps: Waiting<number>): Waiting<number> {
  let status: number;
  try {
    status = yield* steps;
  } catch (error) {
    status = yield* fail(shell, error);
  }
  shell.pipeStatus = [status];
  const step = afterStatus(shell, status);
  return typeof step === 'number' ? step : yield* step;
}

function* runFinished(shell: Shell, simple: SimpleCommand, args: string[]): Waiting<number> {
  return yield* conclude(shell, execute(shell, simple, args));
}

function* runSlowly(shell: Shell, simple: SimpleCommand, busy: boolean): Waiting<number> {
  if (busy) {
    yield PREEMPT;
    yield* shell.checkSignals();
  }
  return yield* conclude(shell, prepare(shell, simple));
}

function* conclude(shell: Shell, steps: Waiting<number>): Waiting<number> {
  let status: number;
  try {
    status = yield* steps;
  } catch (error) {
    status = yield* fail(shell, error);
  }
  const step = after(status, (value) => afterStatus(shell, value));
  return typeof step === 'number' ? step : yield* step;
}

/** Expands and runs a command in all its parts. */
function* prepare(shell: Shell, simple: SimpleCommand): Waiting<number> {
  if (shell.traps.get('DEBUG') && !shell.inTrap) {
    yield* shell.runner.runTrap(shell, 'DEBUG');
    shell.line = simple.line;
    shell.executing = simple.source;
  }
  shell.substitutionStatus = undefined;
  const args: string[] = [];
  const arrays = new Map<number, ArrayValuePair[]>();
  const before = shell.openSubstitutions.length;
  try {
    for (const [place, word] of simple.words.entries()) {
      const assignment = simple.declared.get(place);
      if (assignment) yield* declaredArgument(shell, assignment, args, arrays);
      else yield* addFieldsWaiting(shell, word, args);
    }
    shell.line = simple.line;
    return yield* execute(shell, simple, args, arrays);
  } finally {
    for (const descriptor of shell.openSubstitutions.splice(before)) closeQuietly(shell, descriptor);
  }
}

function closeQuietly(shell: Shell, descriptor: number): void {
  if (shell.sys.descriptors().includes(descriptor)) shell.sys.close(descriptor);
}

/** An assignment among `declare`'s arguments: a text, with the values of a list beside it. */
function* declaredArgument(
  shell: Shell,
  assignment: CompiledAssignment,
  args: string[],
  arrays: Map<number, ArrayValuePair[]>,
): Waiting<void> {
  const operator = assignment.append ? '+=' : '=';
  if (assignment.elements) {
    arrays.set(args.length, yield* arrayPairs(shell, assignment.elements));
    args.push(`${assignment.name}${operator}`);
    return;
  }
  const { source } = assignment;
  const head = source.slice(0, source.indexOf('=', assignment.index ? source.indexOf(']') : 0) + 1);
  args.push(head + (yield* expandSingle(shell, assignment.value as CompiledWord)));
}

function* execute(
  shell: Shell,
  simple: SimpleCommand,
  args: string[],
  arrays?: ReadonlyMap<number, readonly ArrayValuePair[]>,
): Waiting<number> {
  const { redirections, assignments } = simple;
  const undo: Undo = [];
  const permanent = args[0] === 'exec' && !shell.functions.has('exec');
  try {
    if (args.length === 0) {
      yield* redirect(shell, redirections, undo);
      yield* assignAll(shell, assignments);
      const status = shell.substitutionStatus ?? 0;
      shell.pipeStatus = [status];
      return status;
    }
    if (shell.options.has('xtrace')) yield* traceCommand(shell, args, arrays);
    yield* redirect(shell, redirections, permanent ? undefined : undo);
    if (arrays && arrays.size > 0) shell.arrayArguments = arrays;
    if (assignments.length === 0) return yield* runNamed(shell, args, undo);
    return yield* withAssignments(shell, assignments, args, undo);
  } finally {
    if (arrays) shell.arrayArguments = undefined;
    restore(undo);
  }
}

function* traceCommand(
  shell: Shell,
  args: readonly string[],
  arrays?: ReadonlyMap<number, readonly ArrayValuePair[]>,
): Waiting<void> {
  const shown = args.map((arg, place) =>
    arrays?.has(place)
      ? `${arg}(${(arrays.get(place) ?? []).map(({ value }) => tracedWords([value])).join(' ')})`
      : tracedWords([arg]),
  );
  yield* trace(shell, shown.join(' '));
}

/** Assignments before a command hold while it runs, and are in its environment. */
function* withAssignments(
  shell: Shell,
  assignments: readonly CompiledAssignment[],
  args: string[],
  undo: Undo,
): Waiting<number> {
  const names = assignments.map(({ name }) => name);
  for (const name of names)
    if (shell.variables.raw(name)?.has('r')) throw new CommandFailure(`${name}: readonly variable`);
  const bringBack = shell.variables.hide(names);
  try {
    for (const assignment of assignments) {
      if (assignment.elements)
        assignArray(shell, assignment.name, yield* arrayPairs(shell, assignment.elements), assignment.append);
      else yield* assign(shell, assignment);
      shell.variables.ensure(assignment.name).attributes.add('x');
      if (shell.options.has('xtrace')) yield* trace(shell, traceText(shell, assignment));
    }
    return yield* runNamed(shell, args, undo);
  } finally {
    bringBack();
  }
}

function* assignAll(shell: Shell, assignments: readonly CompiledAssignment[]): Waiting<void> {
  for (const assignment of assignments) {
    yield* assign(shell, assignment);
    if (shell.options.has('xtrace')) yield* trace(shell, traceText(shell, assignment));
  }
}
