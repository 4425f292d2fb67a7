import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { getopt, OptionError } from '../../kernel/libc/getopt.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { alterModule, type LoadedModule, loadedModules, moduleFiles, modulesFolder, nameOf } from './modules.js';
import { KMOD_VERSION, MODPROBE_USAGE } from './usage.js';

const SPECS = [
  { short: 'a', long: 'all' },
  { short: 'r', long: 'remove' },
  { long: 'remove-dependencies' },
  { long: 'remove-holders' },
  { short: 'w', long: 'wait', argument: 'required' },
  { short: 'R', long: 'resolve-alias' },
  { long: 'first-time' },
  { short: 'i', long: 'ignore-install' },
  { long: 'ignore-remove' },
  { short: 'b', long: 'use-blacklist' },
  { short: 'f', long: 'force' },
  { long: 'force-modversion' },
  { long: 'force-vermagic' },
  { short: 'D', long: 'show-depends' },
  { short: 'n', long: 'dry-run' },
  { long: 'show' },
  { short: 's', long: 'syslog' },
  { short: 'q', long: 'quiet' },
  { short: 'v', long: 'verbose' },
  { short: 'V', long: 'version' },
  { short: 'h', long: 'help' },
] as const;

interface Line {
  readonly has: (name: (typeof SPECS)[number]['long']) => boolean;
  readonly names: readonly string[];
}

/** Words about one module; the others of the line are still gone through. */
class Failure extends Error {}

function* run(sys: Sys): Waiting<number> {
  let line: Line;
  try {
    const { options, operands } = getopt(sys.args.slice(1), SPECS);
    const has: Line['has'] = (name) => options.some((option) => option.name === name);
    if (has('help') || has('version')) {
      yield* print(sys, has('help') ? MODPROBE_USAGE : KMOD_VERSION);
      return 0;
    }
    const isRemoving = has('remove') || has('remove-dependencies') || has('remove-holders');
    // Beyond the first word come the module's own settings.
    const names = has('all') || isRemoving ? operands : operands.slice(0, 1);
    line = { has: (name) => has(name) || (name === 'remove' && isRemoving), names: names.map(nameOf) };
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    yield* printError(sys, `modprobe: ${error.message}\n`);
    return 1;
  }
  if (line.names.length === 0) {
    yield* printError(sys, 'modprobe: ERROR: missing parameters. See -h.\n');
    return 1;
  }
  return yield* goThrough(sys, line);
}

function* goThrough(sys: Sys, line: Line): Waiting<number> {
  let status = 0;
  for (const name of line.names) {
    try {
      yield* line.has('remove') ? remove(sys, line, name) : insert(sys, line, name);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.message !== '') yield* printError(sys, `modprobe: ${error.message}\n`);
      status = 1;
    }
  }
  return status;
}

/** Words that begin as the line's failures do: with `-a` they are warnings. */
function failure({ has }: Line, words: string): Failure {
  return new Failure(has('quiet') ? '' : `${has('all') ? 'WARNING' : 'FATAL'}: ${words}`);
}

function filesOf(sys: Sys, line: Line, name: string): string[] {
  const files = moduleFiles(sys, name);
  if (files) return files;
  const where = line.has('remove') ? '.' : ` in directory ${modulesFolder(sys)}`;
  throw failure(line, `Module ${name} not found${where}`);
}

function loaded(sys: Sys, name: string): LoadedModule | undefined {
  return loadedModules(sys).find((one) => one.name === name);
}

function isDry({ has }: Line): boolean {
  return has('dry-run') || has('show');
}

/** Loads a module, those it needs first. */
function* insert(sys: Sys, line: Line, name: string): Waiting<void> {
  const files = filesOf(sys, line, name);
  if (line.has('resolve-alias')) {
    yield* print(sys, `${nameOf(files[0] ?? name)}\n`);
    return;
  }
  if (line.has('first-time') && loaded(sys, name))
    throw new Failure(`ERROR: could not insert '${name}': Module already in kernel`);
  for (const file of files.toReversed()) {
    if (loaded(sys, nameOf(file)) && !line.has('show-depends')) continue;
    const said = `insmod ${modulesFolder(sys)}/${file} \n`;
    if (line.has('verbose') || line.has('show-depends')) yield* print(sys, said);
    if (isDry(line) || line.has('show-depends')) continue;
    try {
      alterModule(sys, '+', nameOf(file));
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new Failure(`ERROR: could not insert '${name}': Operation not permitted`);
    }
  }
}

/** Takes a module out, with `--remove-holders` those that need it first, and those that only it needed. */
function* remove(sys: Sys, line: Line, name: string): Waiting<void> {
  const files = filesOf(sys, line, name);
  const found = loaded(sys, name);
  if (!found) {
    if (line.has('first-time')) throw failure(line, `Module ${name} is not in kernel.`);
    return;
  }
  if (line.has('remove-holders')) for (const holder of found.holders) yield* remove(sys, line, holder);
  if ((loaded(sys, name)?.uses ?? 0) > 0) throw failure(line, `Module ${name} is in use.`);
  for (const file of files) {
    const module = loaded(sys, nameOf(file));
    if (!module || module.uses > 0) continue;
    if (line.has('verbose')) yield* print(sys, `rmmod ${module.name}\n`);
    if (isDry(line)) continue;
    try {
      alterModule(sys, '-', module.name);
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new Failure(`ERROR: could not remove '${name}': Operation not permitted`);
    }
  }
}

/** modprobe of kmod 31: puts modules into the kernel with what they need, and takes them out again. */
export const modprobe: InstalledProgram = { name: 'modprobe', paths: ['/usr/sbin/modprobe'], run };
