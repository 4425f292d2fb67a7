import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { readAll } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { USAGE } from './help.js';
import { type MoreOptions, RefusedArguments, readArguments } from './options.js';
import { Pager } from './pager.js';
import { ShownText } from './text.js';

function* run(sys: Sys): Waiting<number> {
  let options: MoreOptions;
  try {
    options = readArguments(sys.args.slice(1), sys.environment.get('MORE'));
  } catch (error) {
    if (!(error instanceof RefusedArguments)) throw error;
    yield* sys.write(2, error.message);
    return 1;
  }
  if (options.shows) {
    yield* sys.write(1, options.shows === 'help' ? USAGE : 'more from util-linux 2.38.1\n');
    return 0;
  }
  const { files } = options;
  if (files.length === 0 && sys.terminal(0)) {
    yield* sys.write(2, "more: bad usage\nTry 'more --help' for more information.\n");
    return 1;
  }
  // What comes through a pipe is shown first, before any files.
  const texts = sys.terminal(0) ? files : [undefined, ...files];
  if (sys.terminal(1)) yield* new Pager(sys, options).show(texts, (name) => readText(sys, name));
  else for (const name of texts) yield* copy(sys, name, texts.length > 1);
  return 0;
}

const banner = (name: string): string => `${':'.repeat(14)}\n${name}\n${':'.repeat(14)}\n`;

/** Where there is no terminal more is cat. */
function* copy(sys: Sys, name: string | undefined, named: boolean): Waiting<void> {
  const text = yield* readText(sys, name);
  if (!text) return;
  if (named && name !== undefined) yield* sys.write(1, banner(name));
  yield* sys.write(1, text.bytes);
}

/** A file's text, or that of standard input; undefined when it cannot be read, which is said. */
function* readText(sys: Sys, name: string | undefined): Waiting<ShownText | undefined> {
  if (name === undefined) return new ShownText(undefined, yield* readAll(sys, 0));
  try {
    if (sys.stat(name).type === 'directory') {
      yield* sys.write(1, `\n*** ${name}: directory ***\n\n`);
      return undefined;
    }
    return new ShownText(name, sys.readFile(name));
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* sys.write(2, `more: cannot open ${name}: ${error.message}\n`);
    return undefined;
  }
}

/** more of util-linux: a text page by page. */
export const more: InstalledProgram = { name: 'more', paths: ['/usr/bin/more'], run };
