import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { getopt, OptionError } from '../../kernel/libc/getopt.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { alterModule, loadedModules, nameOf } from './modules.js';
import { KMOD_VERSION, RMMOD_USAGE } from './usage.js';

const SPECS = [
  { short: 'f', long: 'force' },
  { short: 's', long: 'syslog' },
  { short: 'v', long: 'verbose' },
  { short: 'V', long: 'version' },
  { short: 'h', long: 'help' },
] as const;

function* run(sys: Sys): Waiting<number> {
  let names: readonly string[];
  try {
    const { options, operands } = getopt(sys.args.slice(1), SPECS);
    const asked = options.find(({ name }) => name === 'help' || name === 'version');
    if (asked) {
      yield* print(sys, asked.name === 'help' ? RMMOD_USAGE : KMOD_VERSION);
      return 0;
    }
    names = operands.map(nameOf);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    yield* printError(sys, `rmmod: ${error.message}\n`);
    return 1;
  }
  if (names.length === 0) {
    yield* printError(sys, 'rmmod: ERROR: missing module name.\n');
    return 1;
  }
  let status = 0;
  for (const name of names) {
    const problem = remove(sys, name);
    if (problem === undefined) continue;
    status = 1;
    yield* printError(sys, `rmmod: ERROR: ${problem}\n`);
  }
  return status;
}

/** Takes one out; what is wrong with that, else undefined. */
function remove(sys: Sys, name: string): string | undefined {
  const found = loadedModules(sys).find((one) => one.name === name);
  if (!found) return `Module ${name} is not currently loaded`;
  if (found.holders.length > 0) return `Module ${name} is in use by: ${found.holders.join(' ')}`;
  if (found.uses > 0) return `Module ${name} is in use`;
  try {
    alterModule(sys, '-', name);
    return undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `could not remove '${name}': Operation not permitted\nrmmod: ERROR: could not remove module ${name}: Operation not permitted`;
  }
}

/** rmmod of kmod: takes modules out of the kernel. */
export const rmmod: InstalledProgram = { name: 'rmmod', paths: ['/usr/sbin/rmmod'], run };
