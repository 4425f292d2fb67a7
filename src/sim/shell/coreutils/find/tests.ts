import type { FileStat } from '../../../kernel/files.js';
import { compilePattern } from '../../../kernel/libc/regex/pattern.js';
import { DAY, MINUTE } from '../../../kernel/time.js';
import { zoneOfProcess } from '../clock.js';
import { reason } from '../command.js';
import { parseDate } from '../date/parse-date.js';
import { compileGlob } from '../glob.js';
import { parseMode } from '../modes.js';
import { isSameFile, look } from '../paths.js';
import type { Candidate, Test } from './expression.js';
import type { ExpressionParser, PrimaryMaker } from './parse.js';
import type { FindState } from './state.js';

const TYPES: Readonly<Record<string, FileStat['type']>> = {
  f: 'file',
  d: 'directory',
  l: 'symlink',
  b: 'block-device',
  c: 'character-device',
  p: 'fifo',
  s: 'socket',
};

/** A comparison with a number: `+N` more, `-N` less, `N` just so. Undefined when it is no number. */
function numeric(text: string): ((value: number) => boolean) | undefined {
  const match = /^([-+]?)(\d+(?:\.\d+)?)$/.exec(text);
  if (!match) return undefined;
  const wanted = Number(match[2]);
  return match[1] === '+'
    ? (value) => value > wanted
    : match[1] === '-'
      ? (value) => value < wanted
      : (value) => value === wanted;
}

function number(state: FindState, parser: ExpressionParser, name: string): (value: number) => boolean {
  const text = parser.argument(name);
  return numeric(text) ?? state.fail(`invalid argument \`${text}' to \`${name}'`);
}

const glob =
  (subject: (file: Candidate) => string, ignoreCase: boolean): PrimaryMaker =>
  (_state, parser, name) => {
    const pattern = compileGlob(parser.argument(name), { ignoreCase });
    return (file) => pattern.test(subject(file));
  };

const age =
  (field: 'modified' | 'accessed' | 'changed', unit: number): PrimaryMaker =>
  (state, parser, name) => {
    const compare = number(state, parser, name);
    return (file) => compare(Math.floor((state.context.sys.now() - file.stat[field]) / unit));
  };

const newer =
  (field: 'modified' | 'accessed' | 'changed'): PrimaryMaker =>
  (state, parser, name) => {
    const path = parser.argument(name);
    if (name.endsWith('t') && name.startsWith('-newer') && name.length === 8) {
      const instant = parseDate(path, state.context.sys.now(), zoneOfProcess(state.context.sys));
      if (instant === undefined) return state.fail(`I cannot figure out how to interpret \`${path}' as a date or time`);
      return (file) => file.stat[field] > instant;
    }
    try {
      const { modified } = state.context.sys.stat(path);
      return (file) => file.stat[field] > modified;
    } catch (thrown) {
      return state.fail(`${state.context.quote(path)}: ${reason(thrown)}`);
    }
  };

const regex =
  (ignoreCase: boolean): PrimaryMaker =>
  (_state, parser, name) => {
    const pattern = compilePattern(parser.argument(name), { syntax: 'extended', ignoreCase });
    return (file) => {
      const match = pattern.exec(file.path);
      return match?.index === 0 && match[0].length === file.path.length;
    };
  };

const access =
  (need: 'read' | 'write' | 'execute'): PrimaryMaker =>
  (state) =>
  (file) => {
    try {
      state.context.sys.access(file.path, { [need]: true });
      return true;
    } catch {
      return false;
    }
  };

const option =
  (apply: (state: FindState) => void): PrimaryMaker =>
  (state) => {
    apply(state);
    return () => true;
  };

function depthOption(apply: (state: FindState, depth: number) => void): PrimaryMaker {
  return (state, parser, name) => {
    const text = parser.argument(name);
    if (!/^\d+$/.test(text))
      state.fail(`Expected a positive decimal integer argument to ${name}, but got ${state.context.quote(text)}`);
    apply(state, Number(text));
    return () => true;
  };
}

const SIZE_UNITS: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512, k: 1024, M: 1024 ** 2, G: 1024 ** 3 };

function sizeTest(state: FindState, parser: ExpressionParser, name: string): Test {
  const text = parser.argument(name);
  const match = /^([-+]?\d+)([cwbkMG]?)$/.exec(text);
  const compare = match ? numeric(match[1] as string) : undefined;
  if (!match || !compare)
    return state.fail(
      /^[-+]?\d+\D$/.test(text) ? `invalid -size type \`${text.at(-1)}'` : `Invalid argument \`${text}' to -size`,
    );
  const unit = SIZE_UNITS[match[2] || 'b'] as number;
  return (file) => compare(Math.ceil(file.stat.size / unit));
}

function permTest(state: FindState, parser: ExpressionParser, name: string): Test {
  const text = parser.argument(name);
  const kind = text[0] === '-' || text[0] === '/' ? text[0] : '';
  const change = parseMode(text.slice(kind.length), 0);
  if (!change) return state.fail(`invalid mode ${state.context.quote(text)}`);
  const wanted = change(0, false);
  return ({ stat: { mode } }) =>
    kind === '-' ? (mode & wanted) === wanted : kind === '/' ? wanted === 0 || (mode & wanted) !== 0 : mode === wanted;
}

function typeTest(state: FindState, parser: ExpressionParser, name: string): Test {
  const text = parser.argument(name);
  const types = text
    .split(',')
    .map((letter) =>
      letter === 'b'
        ? 'none'
        : (TYPES[letter] ??
          state.fail(
            letter.length > 1
              ? `Must separate multiple arguments to ${name} using: ','`
              : `Unknown argument to ${name}: ${letter}`,
          )),
    );
  return (file) => types.includes(file.stat.type);
}

function accountTest(
  find: (state: FindState, name: string) => number | undefined,
  field: 'uid' | 'gid',
  word: string,
): PrimaryMaker {
  return (state, parser, name) => {
    const text = parser.argument(name);
    const id = find(state, text);
    if (id === undefined) return state.fail(`${state.context.quote(text)} is not the name of ${word}`);
    return (file) => file.stat[field] === id;
  };
}

function emptyTest(state: FindState): Test {
  return (file) => {
    if (file.stat.type === 'file') return file.stat.size === 0;
    if (file.stat.type !== 'directory') return false;
    return state.context.sys.readDirectory(file.path).length === 0;
  };
}

/** What find asks of files, by name. Options that hold for the whole call are among them. */
export const tests: Readonly<Record<string, PrimaryMaker>> = {
  '-amin': age('accessed', MINUTE),
  '-anewer': newer('accessed'),
  '-atime': age('accessed', DAY),
  '-cmin': age('changed', MINUTE),
  '-cnewer': newer('changed'),
  '-ctime': age('changed', DAY),
  '-daystart': option(() => {}),
  '-depth': option((state) => {
    state.depthFirst = true;
  }),
  '-empty': emptyTest,
  '-executable': access('execute'),
  '-false': () => () => false,
  '-follow': option((state) => {
    state.follow = 'all';
  }),
  '-gid': (state, parser, name) => {
    const compare = number(state, parser, name);
    return (file) => compare(file.stat.gid);
  },
  '-group': accountTest((state, name) => state.accounts.findGid(name), 'gid', 'an existing group'),
  '-ilname': (state, parser, name) => linkTest(state, compileGlob(parser.argument(name), { ignoreCase: true })),
  '-iname': glob((file) => file.name, true),
  '-inum': (state, parser, name) => {
    const compare = number(state, parser, name);
    return (file) => compare(file.stat.inode);
  },
  '-ipath': glob((file) => file.path, true),
  '-iregex': regex(true),
  '-iwholename': glob((file) => file.path, true),
  '-links': (state, parser, name) => {
    const compare = number(state, parser, name);
    return (file) => compare(file.stat.links);
  },
  '-lname': (state, parser, name) => linkTest(state, compileGlob(parser.argument(name))),
  '-maxdepth': depthOption((state, depth) => {
    state.maxDepth = depth;
  }),
  '-mindepth': depthOption((state, depth) => {
    state.minDepth = depth;
  }),
  '-mmin': age('modified', MINUTE),
  '-mount': option((state) => {
    state.oneFileSystem = true;
  }),
  '-mtime': age('modified', DAY),
  '-name': glob((file) => file.name, false),
  '-newer': newer('modified'),
  '-newermt': newer('modified'),
  '-nogroup': (state) => (file) => !state.accounts.groups.some(({ gid }) => gid === file.stat.gid),
  '-noleaf': option(() => {}),
  '-nouser': (state) => (file) => !state.accounts.user(file.stat.uid),
  '-nowarn': option(() => {}),
  '-path': glob((file) => file.path, false),
  '-perm': permTest,
  '-readable': access('read'),
  '-regex': regex(false),
  '-regextype': (_state, parser, name) => {
    parser.argument(name);
    return () => true;
  },
  '-samefile': (state, parser, name) => {
    const path = parser.argument(name);
    const wanted =
      look(state.context.sys, path) ?? state.fail(`${state.context.quote(path)}: No such file or directory`);
    return (file) => isSameFile(file.stat, wanted);
  },
  '-size': sizeTest,
  '-true': () => () => true,
  '-type': typeTest,
  '-uid': (state, parser, name) => {
    const compare = number(state, parser, name);
    return (file) => compare(file.stat.uid);
  },
  '-user': accountTest((state, name) => state.accounts.findUid(name), 'uid', 'a known user'),
  '-warn': option(() => {}),
  '-wholename': glob((file) => file.path, false),
  '-writable': access('write'),
  '-xdev': option((state) => {
    state.oneFileSystem = true;
  }),
  '-xtype': typeTest,
};

function linkTest(state: FindState, pattern: RegExp): Test {
  return (file) => file.stat.type === 'symlink' && pattern.test(state.context.sys.readLink(file.path));
}
