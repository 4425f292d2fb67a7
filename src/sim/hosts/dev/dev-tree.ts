import { Errno } from '../../kernel/errno.js';
import type { FileStat, OpenFile, OpenFlags } from '../../kernel/files.js';
import type { HostKernel } from '../../kernel/host-kernel.js';
import type { Random } from '../../kernel/random.js';
import { TerminalFile } from '../../kernel/terminal-file.js';
import type { Micros } from '../../kernel/time.js';
import { DynamicEntries } from '../file-tree/entries.js';
import { FileTree } from '../file-tree/file-tree.js';
import type { Device } from '../file-tree/inode.js';
import { Inode } from '../file-tree/inode.js';
import { DeviceFile } from '../file-tree/open-file.js';

/** Random bytes given by one read. */
const RANDOM_BYTES_MAX = 4096;
const TERMINALS_MAX = 256;
const TTY_GROUP = 5;

type Does = ConstructorParameters<typeof DeviceFile>[3];

function simple(does: Does): Device {
  return {
    open: (flags: OpenFlags, path: string, stat: () => FileStat): OpenFile => new DeviceFile(path, flags, stat, does),
  };
}

function refuses(code: 'ENXIO' | 'EIO'): Device {
  return {
    open: () => {
      throw new Errno(code);
    },
  };
}

/** The devices by name, in alphabetical order. */
function devices(random: Random): Readonly<Record<string, Device>> {
  const noise = simple({ read: (max) => random.bytes(Math.min(max, RANDOM_BYTES_MAX)) });
  const full = (): number => {
    throw new Errno('ENOSPC');
  };
  return {
    full: simple({ read: (max) => new Uint8Array(max), write: full }),
    null: simple({}),
    random: noise,
    // Opening it as one's own terminal is the kernel's business; who comes here has none.
    tty: refuses('ENXIO'),
    urandom: noise,
    zero: simple({ read: (max) => new Uint8Array(max) }),
  };
}

/** The tree that is mounted at /dev. `host` shows its terminals in /dev/pts; a container without one shows none. */
export function devTree(clock: () => Micros, random: Random, host?: HostKernel): FileTree {
  const tree = new FileTree({ clock, type: 'devtmpfs', source: 'udev' });
  for (const [name, device] of Object.entries(devices(random))) tree.putDevice(`/${name}`, device);
  tree.putLink('/fd', '/proc/self/fd');
  tree.putLink('/stdin', '/proc/self/fd/0');
  tree.putLink('/stdout', '/proc/self/fd/1');
  tree.putLink('/stderr', '/proc/self/fd/2');
  tree.putDirectory('/shm', { mode: 0o1777 });
  tree.mount('/pts', terminalTree(clock, host));
  return tree;
}

function terminalTree(clock: () => Micros, host: HostKernel | undefined): FileTree {
  const find = (name: string): Inode | undefined => {
    if (!/^(0|[1-9]\d*)$/.test(name)) return undefined;
    const terminal = host?.terminal(Number(name));
    if (!terminal) return undefined;
    const file = new TerminalFile(terminal);
    const device = { open: () => new TerminalFile(terminal), stat: () => file.stat() };
    return new Inode(
      file.stat().inode,
      { type: 'character-device', device },
      { mode: 0o620, uid: 0, gid: TTY_GROUP, time: clock() },
    );
  };
  const names = () =>
    Array.from({ length: TERMINALS_MAX }, (_, number) => `${number}`).filter((name) => host?.terminal(Number(name)));
  const root = new Inode(
    1,
    { type: 'directory', entries: new DynamicEntries(find, names) },
    { mode: 0o755, uid: 0, gid: 0, time: clock() },
  );
  return new FileTree({ clock, type: 'devpts', source: 'devpts', root });
}
