import { decodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { InstalledProgram } from '../kernel/installed-program.js';
import { getopt, OptionError } from '../kernel/libc/getopt.js';
import { print, printError } from '../kernel/libc/streams.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

const SPECS = [
  { short: 'a', long: 'all' },
  { short: 'e', long: 'ignore' },
  { short: 'n', long: 'values' },
  { short: 'p', long: 'load', argument: 'optional' },
  { short: 'q', long: 'quiet' },
  { short: 'w', long: 'write' },
  { long: 'system' },
] as const;

const DIRECTORIES = ['/run/sysctl.d', '/etc/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d'];

const pathOf = (key: string) => `/proc/sys/${key.includes('/') ? key : key.replaceAll('.', '/')}`;
const nameOf = (key: string) => (key.includes('/') ? key.replaceAll('/', '.') : key);

class Settings {
  private readonly sys: Sys;
  private readonly has: (name: string) => boolean;
  status = 0;

  constructor(sys: Sys, has: (name: string) => boolean) {
    this.sys = sys;
    this.has = has;
  }

  *show(key: string): Waiting<void> {
    try {
      const value = decodeText(this.sys.readFile(pathOf(key))).trimEnd();
      yield* print(this.sys, this.has('values') ? `${value}\n` : `${nameOf(key)} = ${value}\n`);
    } catch (error) {
      yield* this.complain(error, key, 'reading');
    }
  }

  *set(key: string, value: string): Waiting<void> {
    try {
      this.sys.stat(pathOf(key));
      this.sys.writeFile(pathOf(key), `${value}\n`);
      if (!this.has('quiet')) yield* print(this.sys, this.has('values') ? `${value}\n` : `${nameOf(key)} = ${value}\n`);
    } catch (error) {
      yield* this.complain(error, key, 'setting');
    }
  }

  *load(path: string): Waiting<void> {
    let text: string;
    try {
      text = decodeText(this.sys.readFile(path));
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* printError(this.sys, `sysctl: cannot open "${path}": ${error.message}\n`);
      this.status = 1;
      return;
    }
    for (const line of text.split('\n')) {
      const [, key, value] = /^\s*-?([^#;=\s][^=\s]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      if (key !== undefined && value !== undefined) yield* this.set(key, value);
    }
  }

  /** Every configuration file, by name; a name in a stronger directory hides the others. */
  *loadSystem(): Waiting<void> {
    const files = new Map<string, string>();
    for (const directory of DIRECTORIES) {
      for (const name of namesIn(this.sys, directory)) {
        if (name.endsWith('.conf') && !files.has(name)) files.set(name, `${directory}/${name}`);
      }
    }
    const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, path]) => path);
    for (const path of [...sorted, '/etc/sysctl.conf']) {
      if (!this.has('quiet')) yield* print(this.sys, `* Applying ${path} ...\n`);
      yield* this.load(path);
    }
  }

  *showAll(directory: string): Waiting<void> {
    for (const { name, type } of this.sys.readDirectory(`/proc/sys/${directory}`)) {
      if (type === 'directory') yield* this.showAll(`${directory}${name}/`);
      else yield* this.show(`${directory}${name}`);
    }
  }

  private *complain(error: unknown, key: string, doing: 'reading' | 'setting'): Waiting<void> {
    if (!isErrno(error)) throw error;
    if (error.code === 'ENOENT') {
      if (this.has('ignore')) return;
      yield* printError(this.sys, `sysctl: cannot stat ${pathOf(key)}: ${error.message}\n`);
    } else if (doing === 'setting') yield* printError(this.sys, `sysctl: permission denied on key "${nameOf(key)}"\n`);
    else yield* printError(this.sys, `sysctl: permission denied on key '${nameOf(key)}'\n`);
    this.status = 1;
  }
}

function namesIn(sys: Sys, directory: string): string[] {
  try {
    return sys.readDirectory(directory).map(({ name }) => name);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function* run(sys: Sys): Waiting<number> {
  try {
    const { options, operands } = getopt(sys.args.slice(1), SPECS);
    const has = (name: string) => options.some((option) => option.name === name);
    const settings = new Settings(sys, has);
    if (has('system')) yield* settings.loadSystem();
    else if (has('load')) {
      const given = options.find(({ name }) => name === 'load')?.value;
      for (const path of operands.length > 0 ? operands : [given ?? '/etc/sysctl.conf']) yield* settings.load(path);
    } else if (has('all')) yield* settings.showAll('');
    else {
      for (const operand of operands) {
        const equals = operand.indexOf('=');
        if (equals < 0) yield* settings.show(operand);
        else yield* settings.set(operand.slice(0, equals), operand.slice(equals + 1));
      }
    }
    return settings.status;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    yield* printError(sys, `sysctl: ${error.message}\n\nUsage:\n sysctl [options] [variable[=value] ...]\n`);
    return 1;
  }
}

/** sysctl: the kernel's settings, by hand or from the configuration files. */
export const sysctl: InstalledProgram = { name: 'sysctl', paths: ['/usr/sbin/sysctl'], run };
