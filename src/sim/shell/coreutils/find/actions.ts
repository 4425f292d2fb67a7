import type { Waiting } from '../../../kernel/wait.js';
import { readYes } from '../ask.js';
import { reason } from '../command.js';
import { directoryName } from '../dirname.js';
import { longLines } from '../ls/long.js';
import { Names } from '../ls/names.js';
import type { Settings } from '../ls/settings.js';
import { runCommand } from '../run-command.js';
import type { Candidate, Test } from './expression.js';
import type { PrimaryMaker } from './parse.js';
import { printfFormatter } from './printf.js';
import type { FindState } from './state.js';

/** Arguments of one -exec … + call at most. */
const ARGUMENTS_MAX = 2000;

const action =
  (make: PrimaryMaker): PrimaryMaker =>
  (state, parser, name) => {
    state.hasAction = true;
    return make(state, parser, name);
  };

const print = (end: string): PrimaryMaker =>
  action((state) => (file) => {
    state.context.print(file.path + end);
    return true;
  });

/** -exec and its kin. `inDirectory`: run where the file is. */
const exec = (inDirectory: boolean, asks: boolean): PrimaryMaker =>
  action((state, parser, name) => {
    const { words, many } = parser.commandWords(name);
    if (many) return execMany(state, words, inDirectory);
    return function* (file) {
      const shown = inDirectory ? `./${file.name}` : file.path;
      const args = words.map((word) => word.replaceAll('{}', shown));
      if (asks && !(yield* confirm(state, args[0] as string, file))) return false;
      return (yield* run(state, args, inDirectory ? directoryName(file.path) : undefined)) === 0;
    };
  });

/** `< rm ... ./file > ? ` */
function* confirm(state: FindState, program: string, file: Candidate): Waiting<boolean> {
  const { context } = state;
  context.output.add(2, `< ${program} ... ${file.path} > ? `);
  return yield* readYes(context);
}

function execMany(state: FindState, words: readonly string[], inDirectory: boolean): Test {
  const batches = new Map<string, string[]>();
  const flush = function* (directory: string): Waiting<void> {
    const files = batches.get(directory) ?? [];
    batches.delete(directory);
    if (files.length > 0 && (yield* run(state, [...words, ...files], directory || undefined)) !== 0)
      state.context.status = 1;
  };
  state.finishers.push(function* () {
    for (const directory of [...batches.keys()]) yield* flush(directory);
  });
  return function* (file) {
    const directory = inDirectory ? directoryName(file.path) : '';
    const files = batches.get(directory) ?? [];
    files.push(inDirectory ? `./${file.name}` : file.path);
    batches.set(directory, files);
    if (files.length >= ARGUMENTS_MAX) yield* flush(directory);
    return true;
  };
}

function* run(state: FindState, args: readonly string[], directory: string | undefined): Waiting<number> {
  yield* state.context.flush();
  const result = yield* runCommand(state.context.sys, args, directory === undefined ? {} : { directory });
  if (typeof result === 'number') return result;
  state.context.warn(`${state.context.quote(args[0] as string)}: ${result.message}`);
  return 127;
}

function deleteAction(state: FindState): Test {
  state.depthFirst = true;
  return (file) => {
    if (file.path === '.') return true;
    try {
      if (file.stat.type === 'directory') state.context.sys.removeDirectory(file.path);
      else state.context.sys.unlink(file.path);
      return true;
    } catch (thrown) {
      state.context.fail(`cannot delete ${state.context.quote(file.path)}: ${reason(thrown)}`);
      return false;
    }
  };
}

const LIST = {
  layout: 'long',
  inode: true,
  blocks: true,
  human: undefined,
  owner: true,
  group: true,
  numeric: false,
  indicators: 'none',
  quoting: 'literal',
  control: true,
  color: false,
  time: 'modified',
  timeStyle: 'locale',
} as unknown as Settings;

/** What find does with files, by name. */
export const actions: Readonly<Record<string, PrimaryMaker>> = {
  '-delete': action(deleteAction),
  '-exec': exec(false, false),
  '-execdir': exec(true, false),
  '-fprint': action((state, parser, name) => fileOutput(state, parser.argument(name), (file) => `${file.path}\n`)),
  '-fprint0': action((state, parser, name) => fileOutput(state, parser.argument(name), (file) => `${file.path}\0`)),
  '-fprintf': action((state, parser, name) =>
    fileOutput(state, parser.argument(name), printfFormatter(state, parser.argument(name))),
  ),
  '-ls': action((state) => (file) => {
    const { sys } = state.context;
    const link = file.stat.type === 'symlink' ? sys.readLink(file.path) : undefined;
    const lines = longLines(
      sys,
      [{ name: file.path, path: file.path, stat: file.stat, link }],
      LIST,
      new Names(LIST, undefined),
    );
    state.context.print(
      `${(lines[0] as string).replace(/^(\d+) (\d+) (\S+)\s+(\d+) (\S+) (\S+) (\d+)/, (_all, inode: string, blocks: string, mode: string, links: string, user: string, group: string, size: string) => `${inode.padStart(9)} ${blocks.padStart(6)} ${mode} ${links.padStart(3)} ${user.padEnd(8)} ${group.padEnd(8)} ${size.padStart(8)}`)}\n`,
    );
    return true;
  }),
  '-ok': exec(false, true),
  '-okdir': exec(true, true),
  '-print': print('\n'),
  '-print0': print('\0'),
  '-printf': action((state, parser, name) => {
    const format = printfFormatter(state, parser.argument(name));
    return (file) => {
      state.context.print(format(file));
      return true;
    };
  }),
  '-prune': (_state) => (file) => {
    file.pruned = true;
    return true;
  },
  '-quit': action((state) => () => {
    state.done = true;
    return true;
  }),
};

function fileOutput(state: FindState, path: string, format: (file: Candidate) => string): Test {
  const { sys } = state.context;
  let descriptor: number;
  try {
    descriptor = sys.open(path, { write: true, create: true, truncate: true });
  } catch (thrown) {
    return state.fail(`${state.context.quote(path)}: ${reason(thrown)}`);
  }
  return function* (file) {
    yield* sys.write(descriptor, format(file));
    return true;
  };
}
