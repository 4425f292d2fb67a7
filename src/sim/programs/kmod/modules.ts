import { decodeText } from '../../kernel/bytes.js';
import type { Sys } from '../../kernel/sys.js';

/** A module that the kernel has loaded, as a line of /proc/modules tells it. */
export interface LoadedModule {
  readonly name: string;
  readonly size: string;
  readonly uses: number;
  readonly holders: readonly string[];
}

/** What /proc/modules says, the newest first. */
export function loadedModules(sys: Sys): LoadedModule[] {
  return decodeText(sys.readFile('/proc/modules'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', size = '', uses = '0', holders = '-'] = line.split(' ');
      return { name, size, uses: Number(uses), holders: holders.split(',').filter((one) => one !== '' && one !== '-') };
    });
}

/** Where the modules of the kernel that runs lie. */
export function modulesFolder(sys: Sys): string {
  return `/lib/modules/${decodeText(sys.readFile('/proc/sys/kernel/osrelease')).trim()}`;
}

/** The files of a module and of those it needs, itself first (modules.dep); undefined: there is none of that name. */
export function moduleFiles(sys: Sys, name: string): string[] | undefined {
  const wanted = nameOf(name);
  for (const line of decodeText(sys.readFile(`${modulesFolder(sys)}/modules.dep`)).split('\n')) {
    const [own = '', needed = ''] = line.split(':');
    if (nameOf(own) === wanted) return [own, ...needed.split(' ').filter((path) => path !== '')];
  }
  return undefined;
}

/** A module's name, of its file or as somebody wrote it: dashes are underscores. */
export function nameOf(path: string): string {
  return path
    .replace(/^.*\//, '')
    .replace(/\.ko(?:\.zst)?$/, '')
    .replaceAll('-', '_');
}

/** init_module(2) and delete_module(2). Throws EPERM for all but root. */
export function alterModule(sys: Sys, how: '+' | '-', name: string): void {
  sys.writeFile('/proc/modules', `${how}${name}`);
}
