import type { AndOr, Coproc, Pipeline, Redirected, Script, Statement, Subshell, SyntaxNode } from 'unbash';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { WordContext } from '../expand/compile-word.js';
import { SourceLines } from '../expand/source-lines.js';
import { CommandFailure } from '../state/failures.js';
import type { Command, Shell } from '../state/shell.js';
import * as compound from './compound.js';
import { compileConditional } from './conditional.js';
import { runCoproc } from './coproc.js';
import { afterStatus, fail } from './failing.js';
import { startForeground, waitForJob } from './foreground.js';
import { enterSubshell, mayBecome, runPipeline, startBackground } from './pipeline.js';
import { CommandPrinter } from './print.js';
import type { Undo } from './redirections.js';
import { compileRedirections, redirect, restore } from './redirections.js';
import { compileSimple } from './simple.js';
import { ended, runCommand } from './steps.js';
import { createSubstitutions, onlyProgram } from './substitutions.js';
import { timeReport } from './time-report.js';

const substitutions = createSubstitutions((script, context) => compileList(script.commands, context));

/** Compiles a parsed text; `firstLine` is the line its first character stands on. */
export function compileScript(script: Script, source: string, firstLine: number): Command {
  return compileList(script.commands, wordContext(source, firstLine));
}

/** What words need that are compiled outside a command. */
export function wordContext(source: string, firstLine: number): WordContext {
  return { lines: new SourceLines(source, firstLine), quoted: false, substitutions };
}

function compileList(statements: readonly Statement[], context: WordContext): Command {
  const commands = statements.map((statement) => compileStatement(statement, context));
  const [only] = commands;
  if (commands.length === 1 && only) return only;
  if (commands.length === 0) return (shell) => ended(shell, 0);
  return (shell) => runList(shell, commands);
}

function* runList(shell: Shell, commands: readonly Command[]): Waiting<number> {
  let status = 0;
  for (const command of commands) {
    if (shell.options.set.has('noexec') && !shell.interactive) break;
    const step = command(shell);
    status = typeof step === 'number' ? step : yield* step;
  }
  return status;
}

function compileStatement(statement: Statement, context: WordContext): Command {
  if (!statement.background) return compileNode(statement.command, context);
  const text = printed(statement, context);
  const { command: node } = statement;
  if (node.type === 'Pipeline' && node.prefixes.length === 0) {
    const members = pipelineMembers(node, context, true);
    return (shell) => startBackground(shell, members, text());
  }
  const command = compileInChild(node, context);
  const program = onlyProgram({ commands: [{ ...statement, background: undefined }] });
  return (shell) => startBackground(shell, [{ command, both: false, program }], text());
}

function printed(node: SyntaxNode, context: WordContext): () => string {
  let text: string | undefined;
  return () => (text ??= new CommandPrinter(context.lines.text, false).node(node, 0));
}

function compileNode(node: SyntaxNode, context: WordContext): Command {
  switch (node.type) {
    case 'Command':
      return compileSimple(node, context);
    case 'Pipeline':
      return compilePipeline(node, context);
    case 'AndOr':
      return compileAndOr(node, context);
    case 'CompoundList':
      return compileList(node.commands, context);
    case 'BraceGroup':
      return compileList(node.body.commands, context);
    case 'If':
      return compound.compileIf(node, context, compileNode);
    case 'While':
      return compound.compileWhile(node, context, compileNode);
    case 'For':
    case 'Select':
      return compound.compileFor(node, context, compileNode);
    case 'ArithmeticFor':
      return compound.compileArithmeticFor(node, context, compileNode);
    case 'ArithmeticCommand':
      return compound.compileArithmeticCommand(node, context);
    case 'Case':
      return compound.compileCase(node, context, compileNode);
    case 'TestCommand':
      return compileConditional(node, context);
    case 'Subshell':
      return compileSubshell(node, context);
    case 'Redirected':
      return node.command.type === 'Subshell'
        ? compileSubshell(node.command, context, node)
        : compileRedirected(node, context, true);
    case 'Function':
      return compileFunction(node, context);
    case 'Coproc':
      return compileCoproc(node, context);
    default:
      throw new CommandFailure(`${node.type}: not a command`, 2, 'shell');
  }
}

/** Of a command that is all that its process does nothing has to be undone, so that no descriptor is kept for that. */
function compileInChild(node: SyntaxNode, context: WordContext): Command {
  return node.type === 'Redirected' ? compileRedirected(node, context, false) : compileNode(node, context);
}

/** The last one may be run by this shell (`lastpipe`), unless all of it is in the background. */
function pipelineMembers(node: Pipeline, context: WordContext, background: boolean) {
  const last = node.commands.length - 1;
  return node.commands.map((member, index) => ({
    command: background || index < last ? compileInChild(member, context) : compileNode(member, context),
    both: node.operators[index] === '|&',
    program: member.type === 'Command' && !member.name?.parts ? member.name?.text : undefined,
  }));
}

function compilePipeline(node: Pipeline, context: WordContext): Command {
  const members = pipelineMembers(node, context, false);
  const text = printed(node, context);
  const [only] = members;
  let command: Command;
  if (members.length === 0) command = (shell) => ended(shell, 0);
  else if (members.length === 1 && only) ({ command } = only);
  else {
    command = function* (shell) {
      const step = afterStatus(shell, yield* runPipeline(shell, members, text()));
      return typeof step === 'number' ? step : yield* step;
    };
  }
  const negated = node.prefixes.filter(({ type }) => type === 'Negation').length;
  if (negated > 0) command = negate(command, negated % 2 === 1);
  const time = node.prefixes.find((prefix) => prefix.type === 'Time');
  return time ? timed(command, time.posix !== undefined) : command;
}

function negate(command: Command, flip: boolean): Command {
  return function* (shell) {
    const status = yield* compound.runCondition(shell, command);
    return ended(shell, flip ? (status === 0 ? 1 : 0) : status);
  };
}

/** `time`: real time is the clock's, user time what the processes computed. */
function timed(command: Command, posix: boolean): Command {
  return function* (shell) {
    const start = shell.sys.now();
    const before = shell.sys.times();
    const status = yield* runCommand(shell, command);
    const after = shell.sys.times();
    const user = after.own - before.own + after.children - before.children;
    const format = posix ? 'real %2R\nuser %2U\nsys %2S' : shell.variables.get('TIMEFORMAT');
    yield* shell.write(2, timeReport(format, (shell.sys.now() - start) / SECOND, user / SECOND));
    return ended(shell, status);
  };
}

function compileAndOr(node: AndOr, context: WordContext): Command {
  const commands = node.commands.map((part) => compileNode(part, context));
  const last = commands.length - 1;
  return function* (shell) {
    let status = 0;
    for (const [index, command] of commands.entries()) {
      if (index > 0 && (node.operators[index - 1] === '&&') !== (status === 0)) continue;
      status = index < last ? yield* compound.runCondition(shell, command) : yield* runCommand(shell, command);
    }
    return ended(shell, status);
  };
}

/** `redirected`: it with its redirections, which are its process's own. */
function compileSubshell(node: Subshell, context: WordContext, redirected?: Redirected): Command {
  const body = compileList(node.body.commands, context);
  const program = onlyProgram({ commands: node.body.commands });
  const text = printed(redirected ?? node, context);
  const redirections = compileRedirections(redirected?.redirects ?? [], context);
  const line = context.lines.lineOf(node.pos);
  return function* (shell) {
    const run = function* (child: Shell): Waiting<number> {
      enterSubshell(child);
      child.line = line;
      child.mayReplace = mayBecome(child, program);
      try {
        yield* redirect(child, redirections, undefined);
      } catch (error) {
        return yield* fail(child, error);
      }
      return yield* runCommand(child, body);
    };
    const job = yield* startForeground(shell, (options) => shell.fork(run, options), text());
    const step = afterStatus(shell, yield* waitForJob(shell, job));
    return typeof step === 'number' ? step : yield* step;
  };
}

/** `undoes`: the shell goes on as it was before. */
function compileRedirected(node: Redirected, context: WordContext, undoes: boolean): Command {
  const command = compileNode(node.command, context);
  const redirections = compileRedirections(node.redirects, context);
  return function* (shell) {
    const undo: Undo = [];
    try {
      try {
        yield* redirect(shell, redirections, undoes ? undo : undefined);
      } catch (error) {
        const step = afterStatus(shell, yield* fail(shell, error));
        return typeof step === 'number' ? step : yield* step;
      }
      return yield* runCommand(shell, command);
    } finally {
      restore(undo);
    }
  };
}

function compileFunction(node: Extract<SyntaxNode, { type: 'Function' }>, context: WordContext): Command {
  const body = compileNode(node.body, context);
  const name = node.name.text;
  const line = context.lines.lineOf(node.pos);
  const { text } = context.lines;
  const print = () => new CommandPrinter(text).definition(name, node.body);
  return (shell) => {
    shell.functions.set(name, {
      name,
      body,
      print,
      line,
      file: shell.frames.at(-1)?.file ?? (shell.commandString === undefined ? 'main' : 'environment'),
    });
    return ended(shell, 0);
  };
}

function compileCoproc(node: Coproc, context: WordContext): Command {
  const body = compileNode(node.body, context);
  const text = printed(node, context);
  return (shell) => runCoproc(shell, node.name?.text ?? 'COPROC', body, text());
}
