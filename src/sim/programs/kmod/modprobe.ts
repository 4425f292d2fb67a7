import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { getopt, OptionError } from '../../kernel/libc/getopt.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { alterModule, loadedModules, moduleFiles, modulesFolder, nameOf } from './modules.js';

const SPECS = [
  { short: 'a', long: 'all' },
  { short: 'r', long: 'remove' },
  { short: 'q', long: 'quiet' },
  { short: 'v', long: 'verbose' },
  { short: 'n', long: 'dry-run' },
  { short: 'D', long: 'show-depends' },
] as const;

interface Line {
  readonly has: (name: (typeof SPECS)[number]['long']) => boolean;
  readonly names: readonly string[];
}

/** Words and the end of it. */
class Failure extends Error {}

function* run(sys: Sys): Waiting<number> {
  try {
    const { options, operands } = getopt(sys.args.slice(1), SPECS);
    const has: Line['has'] = (name) => options.some((option) => option.name === name);
    const many = has('all') || has('remove');
    // Beyond the first word come the module's own settings.
    const line: Line = { has, names: (many ? operands : operands.slice(0, 1)).map(nameOf) };
    if (line.names.length === 0) throw new Failure('ERROR: missing parameters. See -h.');
    for (const name of line.names) yield* has('remove') ? remove(sys, line, name) : insert(sys, line, name);
    return 0;
  } catch (error) {
    if (error instanceof OptionError) yield* printError(sys, `modprobe: ${error.message}\n`);
    else if (!(error instanceof Failure)) throw error;
    else if (error.message !== '') yield* printError(sys, `modprobe: ${error.message}\n`);
    return 1;
  }
}

function filesOf(sys: Sys, { has }: Line, name: string): string[] {
  const files = moduleFiles(sys, name);
  if (files) return files;
  throw new Failure(has('quiet') ? '' : `FATAL: Module ${name} not found in directory ${modulesFolder(sys)}`);
}

/** Loads a module, those it needs first. */
function* insert(sys: Sys, line: Line, name: string): Waiting<void> {
  for (const file of filesOf(sys, line, name).toReversed()) {
    const isLoaded = loadedModules(sys).some((one) => one.name === nameOf(file));
    if (isLoaded && !line.has('show-depends')) continue;
    const said = `insmod ${modulesFolder(sys)}/${file} \n`;
    if (line.has('verbose') || line.has('show-depends')) yield* print(sys, said);
    if (line.has('dry-run') || line.has('show-depends')) continue;
    try {
      alterModule(sys, '+', nameOf(file));
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new Failure(`ERROR: could not insert '${name}': Operation not permitted`);
    }
  }
}

/** Takes a module out, and those that only it needed. */
function* remove(sys: Sys, line: Line, name: string): Waiting<void> {
  const files = filesOf(sys, line, name);
  const found = loadedModules(sys).find((one) => one.name === name);
  if (!found) return;
  if (found.uses > 0) throw new Failure(`FATAL: Module ${name} is in use.`);
  for (const file of files) {
    const module = loadedModules(sys).find((one) => one.name === nameOf(file));
    if (!module || module.uses > 0) continue;
    if (line.has('verbose')) yield* print(sys, `rmmod ${module.name}\n`);
    if (line.has('dry-run')) continue;
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
