import { decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { FileStat, OpenFile } from '../../kernel/files.js';
import { DynamicEntries } from '../file-tree/entries.js';
import { FileTree } from '../file-tree/file-tree.js';
import type { Body, Jump } from '../file-tree/inode.js';
import { Inode } from '../file-tree/inode.js';
import { MadeUpFile, RegularFile } from '../file-tree/open-file.js';
import { PROCESS_FILES } from './process-files.js';
import type { ProcessTable, ProcessView } from './process-table.js';
import type { SettingsView } from './sysctls.js';
import type { SystemFacts } from './system-files.js';
import { SYSTEM_FILES, SYSTEM_STORES } from './system-files.js';

/** What a /proc is made of. */
export interface ProcParts {
  readonly facts: SystemFacts;
  readonly processes: ProcessTable;
  readonly sysctls: SettingsView;
}

/** Inode numbers of /proc need only differ; they are made from what the inode stands for. */
function numberOf(text: string): number {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619) >>> 0;
  return 4026531840 + (hash % 0x8000000);
}

class ProcBuilder {
  private readonly parts: ProcParts;

  constructor(parts: ProcParts) {
    this.parts = parts;
  }

  root(): Inode {
    const { facts, processes } = this.parts;
    const find = (name: string): Inode | undefined => {
      if (/^[1-9]\d*$/.test(name)) {
        const process = processes.find(Number(name));
        return process && this.process(process);
      }
      // The kernel itself puts the caller's number in place of `self` in paths; this shows that the name exists.
      if (name === 'self') return this.make(name, { type: 'symlink', target: () => '1' }, 0o777);
      if (name === 'mounts') return this.make(name, { type: 'symlink', target: () => 'self/mounts' }, 0o777);
      if (name === 'sys') return this.sysctl('');
      const text = SYSTEM_FILES[name];
      const store = SYSTEM_STORES[name];
      if (!text) return undefined;
      const make = () => encodeText(text(facts, processes));
      const written = store && { store: (bytes: Uint8Array) => store(facts, decodeText(bytes)) };
      return this.make(name, { type: 'file', dynamic: { make, ...written } }, 0o444);
    };
    const names = () => [
      ...Array.from(processes.list(), ({ pid }) => `${pid}`),
      ...Object.keys(SYSTEM_FILES),
      'mounts',
      'self',
      'sys',
    ];
    return this.directory('/', find, names);
  }

  private process(process: ProcessView): Inode {
    const { pid, uid, gid } = process;
    const key = `${pid}/`;
    const links: Readonly<Record<string, () => string>> = {
      cwd: () => process.directory,
      exe: () => (process.args[0]?.startsWith('/') ? process.args[0] : `/usr/bin/${process.args[0] ?? ''}`),
      root: () => '/',
    };
    const find = (name: string): Inode | undefined => {
      const target = links[name];
      const jump = name === 'root' ? { jump: () => rootOf(process) } : {};
      if (target) return this.make(key + name, { type: 'symlink', target, ...jump }, 0o777, uid, gid);
      if (name === 'fd') return this.descriptors(process);
      const file = PROCESS_FILES[name];
      const context = { booted: this.parts.facts.booted };
      return file && this.text(key + name, () => file.text(process, context), file.mode ?? 0o444, uid, gid);
    };
    return this.directory(
      key,
      find,
      () => [...Object.keys(PROCESS_FILES), ...Object.keys(links), 'fd'].sort(),
      uid,
      gid,
    );
  }

  private descriptors(process: ProcessView): Inode {
    const { pid, uid, gid } = process;
    const find = (name: string): Inode | undefined => {
      if (!/^\d+$/.test(name)) return undefined;
      const file = openFile(process, Number(name));
      if (!file) return undefined;
      const jump = () => inodeBehind(file);
      return this.make(`${pid}/fd/${name}`, { type: 'symlink', target: () => nameOf(file), jump }, 0o700, uid, gid);
    };
    return this.directory(`${pid}/fd`, find, () => process.descriptors().map(String), uid, gid, 0o500);
  }

  private sysctl(prefix: string): Inode {
    const { sysctls } = this.parts;
    const below = () => Array.from(sysctls.names()).filter((name) => name.startsWith(prefix));
    const find = (name: string): Inode | undefined => {
      const path = prefix + name;
      if (sysctls.get(path) !== undefined) return this.setting(path);
      return below().some((other) => other.startsWith(`${path}/`)) ? this.sysctl(`${path}/`) : undefined;
    };
    const names = () => [...new Set(below().map((path) => path.slice(prefix.length).split('/')[0] ?? ''))].sort();
    return this.directory(`sys/${prefix}`, find, names);
  }

  private setting(path: string): Inode {
    const { sysctls } = this.parts;
    const make = () => encodeText(`${sysctls.get(path) ?? ''}\n`);
    if (!sysctls.writable(path)) return this.make(`sys/${path}`, { type: 'file', dynamic: { make } }, 0o444);
    if (sysctls.readOnly) return this.make(`sys/${path}`, { type: 'file', dynamic: { make, sealed: true } }, 0o644);
    const store = (bytes: Uint8Array) => sysctls.set(path, decodeText(bytes).trim());
    return this.make(`sys/${path}`, { type: 'file', dynamic: { make, store } }, 0o644);
  }

  private text(key: string, text: () => string, mode: number, uid = 0, gid = 0): Inode {
    return this.make(key, { type: 'file', dynamic: { make: () => encodeText(text()) } }, mode, uid, gid);
  }

  private directory(
    key: string,
    find: (name: string) => Inode | undefined,
    names: () => Iterable<string>,
    uid = 0,
    gid = 0,
    mode = 0o555,
  ): Inode {
    return this.make(key, { type: 'directory', entries: new DynamicEntries(find, names) }, mode, uid, gid);
  }

  private make(key: string, body: Body, mode: number, uid = 0, gid = 0): Inode {
    return new Inode(numberOf(key), body, { mode, uid, gid, time: this.parts.facts.now() });
  }
}

/** The root directory of a process's own files. */
function rootOf({ files }: ProcessView): ReturnType<Jump> {
  if (!(files instanceof FileTree)) return undefined;
  const { root } = files.mountTable;
  return { inode: root.root, mount: root };
}

function openFile(process: ProcessView, descriptor: number): OpenFile | undefined {
  try {
    return process.openFile(descriptor);
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

function nameOf(file: OpenFile): string {
  if (file.path !== undefined) return file.path;
  return `${file.kind}:[${file.stat().inode}]`;
}

/** What opening the link leads to: the same file again for one on a disk, otherwise the very same open file. */
function inodeBehind(file: OpenFile): Inode {
  if (file instanceof RegularFile || file instanceof MadeUpFile) return file.inode;
  const stat = (): FileStat => file.stat();
  const { mode, uid, gid, modified } = stat();
  const device = {
    stat,
    open: () => {
      file.retain();
      return file;
    },
  };
  return new Inode(stat().inode, { type: 'character-device', device }, { mode, uid, gid, time: modified });
}

/** The tree that is mounted at /proc: of a host, or of one container. */
export function procTree(parts: ProcParts): FileTree {
  const root = new ProcBuilder(parts).root();
  return new FileTree({ clock: parts.facts.now, type: 'proc', source: 'proc', root });
}
