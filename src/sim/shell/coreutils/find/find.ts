import type { FileStat } from '../../../kernel/files.js';
import type { Program } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import { baseName } from '../basename.js';
import { command, reason } from '../command.js';
import { work } from '../io.js';
import { joinPath, look, namesIn } from '../paths.js';
import type { Candidate, Test } from './expression.js';
import { holds } from './expression.js';
import { ExpressionParser } from './parse.js';
import { FindState } from './state.js';

/** `find`: looks for files in trees and does things with them. */
export const find: Program = command(
  {
    name: 'find',
    usage: '[-H] [-L] [-P] [path...] [expression]',
    summary:
      'Search for files in a directory hierarchy; the default path is the current directory, the default expression is -print.',
    version: '(GNU findutils) 4.9.0',
    inOrder: true,
    legacy: (word) => (word === '--help' || word === '--version' ? undefined : { key: 'word', value: word, as: '' }),
  },
  function* (context) {
    const words = [...context.options.values('word'), ...context.operands];
    const state = new FindState(context);
    for (let word = words[0]; word !== undefined && /^-([HLP]|O\d|D)$/.test(word); word = words[0]) {
      if (word === '-L') state.follow = 'all';
      else if (word === '-H') state.follow = 'operands';
      else if (word === '-P') state.follow = 'none';
      words.shift();
    }
    const first = words.findIndex((word) => /^-./.test(word) || ['!', '(', ')', ','].includes(word));
    const paths = first < 0 ? words : words.slice(0, first);
    const parsed = new ExpressionParser(first < 0 ? [] : words.slice(first), state).all();
    const test: Test = printing(state, parsed);
    for (const path of paths.length > 0 ? paths : ['.']) {
      yield* start(state, path, test);
      if (state.done) break;
    }
    for (const finish of state.finishers) yield* finish();
    return undefined;
  },
);

/** Without an action the names of what holds are printed. */
function printing(state: FindState, test: Test | undefined): Test {
  if (test && state.hasAction) return test;
  return function* (file) {
    if (test && !(yield* holds(test, file))) return false;
    state.context.print(`${file.path}\n`);
    return true;
  };
}

function* start(state: FindState, path: string, test: Test): Waiting<void> {
  const { sys } = state.context;
  try {
    const stat = state.follow === 'none' ? sys.lstat(path) : (look(sys, path) ?? sys.lstat(path));
    yield* visit(state, { path, name: baseName(path), stat, depth: 0, start: path, pruned: false }, test, stat.device);
  } catch (thrown) {
    state.context.fail(`${state.context.quote(path)}: ${reason(thrown)}`);
  }
}

function* visit(state: FindState, file: Candidate, test: Test, device: number): Waiting<void> {
  const { context } = state;
  yield* work(context.sys, 0);
  const wanted = file.depth >= state.minDepth;
  if (wanted && !state.depthFirst) yield* holds(test, file);
  yield* context.relieve();
  const enters = file.stat.type === 'directory' && file.depth < state.maxDepth && !(file.pruned && !state.depthFirst);
  if (enters && !state.done && !(state.oneFileSystem && file.stat.device !== device))
    yield* below(state, file, test, device);
  if (wanted && state.depthFirst && !state.done) yield* holds(test, file);
}

function* below(state: FindState, file: Candidate, test: Test, device: number): Waiting<void> {
  const { context } = state;
  let names: string[];
  try {
    names = namesIn(context.sys, file.path);
  } catch (thrown) {
    context.fail(`${context.quote(file.path)}: ${reason(thrown)}`);
    return;
  }
  for (const name of names) {
    const path = joinPath(file.path, name);
    let stat: FileStat | undefined;
    try {
      stat = state.follow === 'all' ? (look(context.sys, path) ?? context.sys.lstat(path)) : context.sys.lstat(path);
    } catch (thrown) {
      context.fail(`${context.quote(path)}: ${reason(thrown)}`);
      continue;
    }
    yield* visit(state, { path, name, stat, depth: file.depth + 1, start: file.start, pruned: false }, test, device);
    if (state.done) return;
  }
}
