import { isErrno } from '../../kernel/errno.js';
import type { KubeletContext } from '../context.js';

/** Makes a folder of the host with those above it. */
export function makeFolders({ sys }: KubeletContext, path: string, mode = 0o750): void {
  let at = '';
  for (const name of path.split('/').filter(Boolean)) {
    at += `/${name}`;
    try {
      sys.makeDirectory(at, mode);
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
  }
}

/** A file of the host; empty when it cannot be read. */
export function readText({ sys }: Pick<KubeletContext, 'sys'>, path: string): string {
  try {
    return Buffer.from(sys.readFile(path)).toString('utf8');
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}

/** A file of the host. Throws an Error in the words of Go's os.Open when it cannot be read. */
export function openText({ sys }: Pick<KubeletContext, 'sys'>, path: string): string {
  try {
    return Buffer.from(sys.readFile(path)).toString('utf8');
  } catch (error) {
    if (isErrno(error)) throw new Error(`open ${path}: ${error.message.toLowerCase()}`);
    throw error;
  }
}
