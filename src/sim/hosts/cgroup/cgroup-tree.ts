import { encodeText } from '../../kernel/bytes.js';
import type { Cgroup } from '../../kernel/cgroup.js';
import type { Process } from '../../kernel/process.js';
import type { Micros } from '../../kernel/time.js';
import { DynamicEntries } from '../file-tree/entries.js';
import { FileTree } from '../file-tree/file-tree.js';
import type { Body } from '../file-tree/inode.js';
import { Inode } from '../file-tree/inode.js';
import { CGROUP_FILES } from './cgroup-files.js';

/** The tree that is mounted at /sys/fs/cgroup, with a group as its root: the host's, or a container's own. */
export function cgroupTree(
  root: Cgroup,
  clock: () => Micros,
  local: (process: Process) => number | undefined,
): FileTree {
  let last = 0;
  const make = (body: Body, mode: number) => {
    last += 1;
    return new Inode(last, body, { mode, uid: 0, gid: 0, time: clock() });
  };
  const directory = (group: Cgroup): Inode => {
    const find = (name: string): Inode | undefined => {
      const child = group.children.get(name);
      if (child) return directory(child);
      const file = CGROUP_FILES[name];
      if (!file || (!file.inRoot && group.parent === undefined)) return undefined;
      return make({ type: 'file', dynamic: { make: () => encodeText(file.text(group, local)) } }, 0o644);
    };
    const names = () => [...Object.keys(CGROUP_FILES), ...group.children.keys()];
    return make({ type: 'directory', entries: new DynamicEntries(find, names) }, 0o555);
  };
  return new FileTree({ clock, type: 'cgroup2', source: 'cgroup2', root: directory(root) });
}
