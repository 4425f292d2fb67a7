import type { Bytes } from '../bytes.js';
import { concatBytes, encodeText } from '../bytes.js';
import { capable } from '../capabilities.js';
import { COST } from '../cost.js';
import { Errno } from '../errno.js';
import type { DirectoryEntry, FileStat, FileSystem, MountedTree, OpenFlags } from '../files.js';
import { TerminalFile } from '../terminal-file.js';
import type { Micros } from '../time.js';
import { DescriptorCalls } from './descriptors.js';

const READ_BYTES = 1 << 20;
const DESCRIPTOR_PATH = /^\/(?:dev\/fd|proc\/self\/fd)\/(\d+)$/;
const STANDARD: Readonly<Record<string, number>> = { '/dev/stdin': 0, '/dev/stdout': 1, '/dev/stderr': 2 };

/** The system calls on files by name. */
export class FileCalls extends DescriptorCalls {
  get credentials() {
    return this.process.credentials;
  }

  hostname(): string {
    return this.process.context.hostname;
  }

  umask(mask?: number): number {
    const before = this.process.umask;
    if (mask !== undefined) this.process.umask = mask & 0o777;
    return before;
  }

  directory(): string {
    return this.process.directory;
  }

  changeDirectory(path: string): void {
    this.sift('chdir');
    const { files, who } = this.tree();
    const absolute = this.absolute(path);
    if (files.stat(absolute, who).type !== 'directory') throw new Errno('ENOTDIR');
    files.access(absolute, { execute: true }, who);
    this.process.directory = files.realPath(absolute, who);
  }

  changeRoot(path: string): void {
    this.sift('chroot');
    const { files, who } = this.tree();
    if (!capable(who, 'SYS_CHROOT')) throw new Errno('EPERM');
    const { process } = this;
    process.context = { ...process.context, files: files.rootedAt(this.absolute(path), who) };
    process.directory = '/';
  }

  enterNamespaces(pid: number, which: { files?: boolean; network?: boolean; hostname?: boolean }): void {
    this.sift('setns');
    const { process } = this;
    if (!capable(process.credentials, 'SYS_ADMIN')) throw new Errno('EPERM');
    const target = process.space.find(pid);
    if (!target || target.ended) throw new Errno('ESRCH');
    const { files, network, hostname } = target.context;
    process.context = {
      ...process.context,
      ...(which.files ? { files } : {}),
      ...(which.network ? { network } : {}),
      ...(which.hostname ? { hostname } : {}),
    };
    if (which.files) process.directory = '/';
  }

  open(path: string, flags: OpenFlags, mode = 0o666): number {
    this.charge(COST.file);
    const absolute = this.absolute(path);
    const special = this.openSpecial(absolute);
    if (special !== undefined) return special;
    const { files, who } = this.tree();
    return this.install(files.open(absolute, flags, mode & ~this.process.umask, who));
  }

  stat(path: string): FileStat {
    const descriptor = this.descriptorNamed(this.absolute(path));
    if (descriptor !== undefined) return this.statDescriptor(descriptor);
    return this.onTree((files, who) => files.stat(this.absolute(path), who));
  }

  lstat(path: string): FileStat {
    return this.onTree((files, who) => files.lstat(this.absolute(path), who));
  }

  access(path: string, need: { read?: boolean; write?: boolean; execute?: boolean }): void {
    this.onTree((files, who) => files.access(this.absolute(path), need, who));
  }

  readDirectory(path: string): DirectoryEntry[] {
    return this.onTree((files, who) => files.readDirectory(this.absolute(path), who));
  }

  makeDirectory(path: string, mode = 0o777): void {
    this.sift('mkdir');
    this.onTree((files, who) => files.makeDirectory(this.absolute(path), mode & ~this.process.umask, who));
  }

  removeDirectory(path: string): void {
    this.sift('rmdir');
    this.onTree((files, who) => files.removeDirectory(this.absolute(path), who));
  }

  unlink(path: string): void {
    this.sift('unlinkat');
    this.onTree((files, who) => files.unlink(this.absolute(path), who));
  }

  link(existing: string, created: string): void {
    this.sift('linkat');
    this.onTree((files, who) => files.link(this.absolute(existing), this.absolute(created), who));
  }

  makeFifo(path: string, mode: number): void {
    this.sift('mknodat');
    this.onTree((files, who) => files.makeFifo(this.absolute(path), mode & ~this.process.umask, who));
  }

  makeBlockDevice(path: string, bytes: number, copyOf?: string): void {
    this.sift('mknodat');
    const from = copyOf === undefined ? undefined : this.absolute(copyOf);
    this.onTree((files, who) => files.makeBlockDevice(this.absolute(path), bytes, 0o660, who, from));
  }

  symlink(target: string, created: string): void {
    this.sift('symlinkat');
    this.onTree((files, who) => files.symlink(target, this.absolute(created), who));
  }

  readLink(path: string): string {
    return this.onTree((files, who) => files.readLink(this.absolute(path), who));
  }

  rename(from: string, to: string): void {
    this.sift('renameat2');
    this.onTree((files, who) => files.rename(this.absolute(from), this.absolute(to), who));
  }

  changeMode(path: string, mode: number): void {
    this.sift('fchmodat');
    this.onTree((files, who) => files.changeMode(this.absolute(path), mode, who));
  }

  changeOwner(path: string, uid: number | undefined, gid: number | undefined, follow = true): void {
    this.sift('fchownat');
    this.onTree((files, who) => files.changeOwner(this.absolute(path), uid, gid, follow, who));
  }

  setTimes(path: string, accessed: Micros, modified: Micros): void {
    this.sift('utimensat');
    this.onTree((files, who) => files.setTimes(this.absolute(path), accessed, modified, who));
  }

  truncate(path: string, size: number): void {
    this.sift('truncate');
    this.onTree((files, who) => files.truncate(this.absolute(path), size, who));
  }

  realPath(path: string): string {
    return this.onTree((files, who) => files.realPath(this.absolute(path), who));
  }

  readFile(path: string): Bytes {
    const descriptor = this.open(path, { read: true });
    try {
      const file = this.openFile(descriptor);
      if (file.kind === 'directory') throw new Errno('EISDIR');
      const chunks: Bytes[] = [];
      for (;;) {
        const bytes = file.tryRead(READ_BYTES);
        if (bytes === undefined) throw new Errno('EAGAIN');
        if (bytes.length === 0) return concatBytes(chunks.length === 0 ? [bytes] : chunks);
        chunks.push(bytes);
      }
    } finally {
      this.close(descriptor);
    }
  }

  writeFile(path: string, data: Bytes | string, mode = 0o666): void {
    const descriptor = this.open(path, { write: true, create: true, truncate: true }, mode);
    try {
      const file = this.openFile(descriptor);
      let bytes = typeof data === 'string' ? encodeText(data) : data;
      while (bytes.length > 0) {
        const taken = file.tryWrite(bytes);
        if (taken === undefined) throw new Errno('EAGAIN');
        bytes = bytes.subarray(taken);
      }
    } finally {
      this.close(descriptor);
    }
  }

  mounts(): readonly MountedTree[] {
    return this.process.context.files.mounts();
  }

  fileSystem(): FileSystem {
    if (this.process.credentials.uid !== 0) throw new Errno('EPERM');
    return this.process.context.files;
  }

  /** An absolute path; what only the kernel can resolve (`/proc/self`) is replaced. */
  protected absolute(path: string): string {
    if (path === '') throw new Errno('ENOENT');
    const { directory } = this.process;
    const absolute = path.startsWith('/') ? path : `${directory === '/' ? '' : directory}/${path}`;
    if (!absolute.startsWith('/proc/self') || DESCRIPTOR_PATH.test(absolute)) return absolute;
    return absolute.replace(/^\/proc\/self(?=\/|$)/, `/proc/${this.pid}`);
  }

  private onTree<T>(action: (files: FileSystem, who: Parameters<FileSystem['stat']>[1]) => T): T {
    this.charge(COST.file);
    const { files, who } = this.tree();
    return action(files, who);
  }

  private tree() {
    return { files: this.process.context.files, who: this.process.credentials };
  }

  private descriptorNamed(absolute: string): number | undefined {
    const match = DESCRIPTOR_PATH.exec(absolute);
    return match ? Number(match[1]) : STANDARD[absolute];
  }

  /** What stands in /dev but belongs to the process that opens it. */
  private openSpecial(absolute: string): number | undefined {
    const descriptor = this.descriptorNamed(absolute);
    if (descriptor !== undefined) {
      if (!this.descriptors().includes(descriptor)) throw new Errno('ENOENT');
      return this.duplicate(descriptor);
    }
    if (absolute === '/dev/tty') {
      const { terminal } = this.process;
      if (!terminal) throw new Errno('ENXIO');
      return this.install(new TerminalFile(terminal));
    }
    const pts = /^\/dev\/pts\/(\d+)$/.exec(absolute);
    const terminal = pts && this.process.host.terminal(Number(pts[1]));
    return terminal ? this.install(new TerminalFile(terminal)) : undefined;
  }
}
