import type { Program } from '../../../kernel/sys.js';
import type { Context } from '../command.js';
import { command, reason } from '../command.js';
import { compress, decompress } from '../gzip.js';
import { readAll } from '../io.js';
import { UsageError } from '../options.js';
import { createMembers } from './create.js';
import { extractMembers } from './extract.js';
import { readArchive, writeArchive } from './format.js';
import { listMembers } from './list.js';

const OPTIONS = [
  'A catenate concatenate : (not made)',
  'c create : make an archive',
  'd diff compare : (not made)',
  'r append : add to the end',
  't list : what is in an archive',
  'u update : (not made)',
  'x extract get : take files out',
  'f file=ARCHIVE : the archive',
  'C directory=DIR : go there first',
  'z gzip gunzip ungzip : with gzip',
  'a auto-compress : by the name',
  'v verbose : say what is done',
  'p preserve-permissions same-permissions : keep all modes',
  'P absolute-names : keep slashes at the beginning',
  'k keep-old-files : overwrite nothing',
  'O to-stdout : to standard output',
  'h dereference : follow links',
  'm touch : not the archived times',
  'T files-from=FILE : names from FILE',
  'X exclude-from=FILE : (ignored)',
  'exclude=PATTERN : no files like PATTERN',
  'strip-components=NUMBER : without so many parts at the beginning',
  'transform=EXPRESSION : (not made)',
  'same-owner : owners as archived',
  'no-same-owner : own everything',
  'no-same-permissions : by the umask',
  'numeric-owner : numbers for owners',
  'owner=NAME : this owner',
  'group=NAME : this group',
  'mode=CHANGES : (ignored)',
  'wildcards : patterns among the names',
  'no-recursion : not what is in directories',
  'overwrite : overwrite',
  'totals : (ignored)',
  'w interactive : (ignored)',
  'J xz : (not made)',
  'j bzip2 : (not made)',
  'S sparse : (ignored)',
  'l check-links : (ignored)',
  'warning=KEYWORD : (ignored)',
];
const MODES = ['create', 'extract', 'list', 'append', 'catenate', 'diff', 'update'];

/** `tar`: archives of files. */
export const tar: Program = command(
  {
    name: 'tar',
    usage: '[OPTION...] [FILE]...',
    summary: 'Save many files together into a single archive, and restore them.',
    misuse: 2,
    version: '(GNU tar) 1.34',
    options: OPTIONS,
    oldStyle: true,
  },
  function* (context) {
    const modes = MODES.filter((key) => context.has(key));
    const [mode] = modes;
    if (!mode)
      throw new UsageError(
        "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\nTry 'tar --help' or 'tar --usage' for more information.",
        { hint: false },
      );
    if (modes.length > 1)
      throw new UsageError(
        "You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option\nTry 'tar --help' or 'tar --usage' for more information.",
        { hint: false },
      );
    const path = context.value('file') ?? '-';
    const archive =
      path === '-' || path.startsWith('/') ? path : `${context.sys.directory().replace(/\/$/, '')}/${path}`;
    const directory = context.value('directory');
    if (mode === 'create') {
      enter(context, directory);
      if (context.operands.length === 0 && !context.has('files-from'))
        return context.die(
          "Cowardly refusing to create an empty archive\nTry 'tar --help' or 'tar --usage' for more information.",
          2,
        );
      const bytes = writeArchive(yield* createMembers(context, archive));
      const packed = context.has('gzip') || (context.has('auto-compress') && /\.(?:tgz|gz)$/.test(path));
      return yield* save(context, path, archive, packed ? compress(bytes) : bytes);
    }
    const stored = yield* load(context, path, archive);
    const bytes = stored[0] === 0x1f && stored[1] === 0x8b ? (decompress(stored) ?? stored) : stored;
    const members = readArchive(bytes);
    if (!members) {
      context.warn('This does not look like a tar archive');
      return context.die('Exiting with failure status due to previous errors', 2);
    }
    enter(context, directory);
    if (mode === 'append')
      return yield* save(
        context,
        path,
        archive,
        writeArchive([...members, ...(yield* createMembers(context, archive))]),
      );
    if (mode === 'list') listMembers(context, members);
    else if (mode === 'extract') yield* extractMembers(context, members);
    else return context.die('this kind of archive work is not supported', 2);
    if (context.status !== 0) context.warn('Exiting with failure status due to previous errors');
    return undefined;
  },
);

function enter(context: Context, directory: string | undefined): void {
  if (directory === undefined) return;
  try {
    context.sys.changeDirectory(directory);
  } catch (thrown) {
    context.warn(`${directory}: Cannot open: ${reason(thrown)}`);
    context.die('Error is not recoverable: exiting now', 2);
  }
}

function* load(context: Context, shown: string, path: string) {
  try {
    return yield* readAll(context.sys, path === '-' ? 0 : context.sys.open(path, { read: true }));
  } catch (thrown) {
    context.warn(`${shown}: Cannot open: ${reason(thrown)}`);
    return context.die('Error is not recoverable: exiting now', 2);
  }
}

function* save(context: Context, shown: string, path: string, bytes: Uint8Array) {
  if (path === '-') {
    if (context.sys.terminal(1))
      return context.die(
        'Refusing to write archive contents to terminal (missing -f option?)\ntar: Error is not recoverable: exiting now',
        2,
      );
    context.print(bytes);
  } else {
    try {
      const descriptor = context.sys.open(path, { write: true, create: true, truncate: true }, 0o666);
      yield* context.sys.write(descriptor, bytes);
      context.sys.close(descriptor);
    } catch (thrown) {
      context.warn(`${shown}: Cannot open: ${reason(thrown)}`);
      return context.die('Error is not recoverable: exiting now', 2);
    }
  }
  if (context.status !== 0) context.warn('Exiting with failure status due to previous errors');
  return undefined;
}
