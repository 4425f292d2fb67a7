import type { Bytes } from '../../../kernel/bytes.js';
import { isErrno } from '../../../kernel/errno.js';
import { isNamed } from '../../../kernel/libc/exists.js';
import type { Sys } from '../../../kernel/sys.js';
import { KustomizeError, within } from '../error.js';
import { isWithin, joinPath } from './paths.js';
import { isRemoteFile, notFetched } from './remote-file.js';
import { isRepository, noGit } from './repository.js';

/** Reads the files of one kustomization: relative to its directory and, unless that is allowed, not outside of it. */
export class Loader {
  private constructor(
    private readonly sys: Sys,
    /** The directory, absolute and without links. */
    readonly root: string,
    private readonly restricted: boolean,
    private readonly referrer: Loader | undefined,
  ) {}

  /** A loader at a directory somebody named. Throws when it is none. */
  static at(sys: Sys, directory: string, restricted: boolean): Loader {
    if (isRepository(directory)) throw noGit();
    const root = within('must build at directory', () => confirmDirectory(sys, directory));
    return new Loader(sys, root, restricted, undefined);
  }

  /** A loader at a directory this one's kustomization refers to. */
  enter(path: string): Loader {
    if (path === '') throw new KustomizeError('new root cannot be empty');
    if (isRepository(path)) throw noGit();
    if (path.startsWith('/')) throw new KustomizeError(`new root '${path}' cannot be absolute`);
    const root = within('must build at directory', () => confirmDirectory(this.sys, joinPath(this.root, path)));
    for (let loader: Loader | undefined = this; loader !== undefined; loader = loader.referrer) {
      if (!isWithin(loader.root, root)) continue;
      throw new KustomizeError(`cycle detected: candidate root '${root}' contains visited root '${loader.root}'`);
    }
    return new Loader(this.sys, root, this.restricted, this);
  }

  /** What a file holds. */
  load(path: string): Bytes {
    if (isRemoteFile(path)) throw notFetched(path);
    const absolute = path.startsWith('/') ? path : joinPath(this.root, path);
    return readFile(this.sys, this.restricted ? this.allowed(absolute) : absolute);
  }

  /** The same as text. */
  text(path: string): string {
    return Buffer.from(this.load(path)).toString('utf8');
  }

  private allowed(path: string): string {
    const { directory, file } = resolvePath(this.sys, path);
    if (file === '') throw new KustomizeError(`'${path}' must resolve to a file`);
    if (!isWithin(directory, this.root)) {
      throw new KustomizeError(`security; file '${path}' is not in or below '${this.root}'`);
    }
    return joinPath(directory, file);
  }
}

function readFile(sys: Sys, path: string): Bytes {
  try {
    return sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const verb = error.code === 'EISDIR' ? 'read' : 'open';
    throw new KustomizeError(`${verb} ${path}: ${error.message.toLowerCase()}`);
  }
}

function confirmDirectory(sys: Sys, path: string): string {
  if (path === '') throw new KustomizeError('directory path cannot be empty');
  const { directory, file } = within('not a valid directory', () => resolvePath(sys, path));
  if (file !== '') throw new KustomizeError(`'${path}': file is not directory`);
  return directory;
}

/** A path without links, as a directory and the file in it. */
function resolvePath(sys: Sys, path: string): { directory: string; file: string } {
  const absolute = path.startsWith('/') ? joinPath(path) : joinPath(sys.directory(), path);
  const real = realPath(sys, absolute, path);
  if (sys.stat(real).type === 'directory') return { directory: real, file: '' };
  const at = real.lastIndexOf('/');
  return { directory: real.slice(0, at) || '/', file: real.slice(at + 1) };
}

function realPath(sys: Sys, absolute: string, path: string): string {
  try {
    return sys.realPath(absolute);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const parts = absolute.split('/').slice(1);
    const known = parts.findIndex((_, count) => !isNamed(sys, `/${parts.slice(0, count + 1).join('/')}`));
    const missing = `/${parts.slice(0, (known < 0 ? parts.length : known) + 1).join('/')}`;
    const what = error.message.toLowerCase();
    throw new KustomizeError(
      `evalsymlink failure on '${path}' : ${error.code === 'ENOTDIR' ? what : `lstat ${missing}: ${what}`}`,
    );
  }
}
