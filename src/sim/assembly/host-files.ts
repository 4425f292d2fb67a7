import type { Host } from '../hosts/host.js';
import type { Bytes } from '../kernel/bytes.js';
import { Errno } from '../kernel/errno.js';
import { readHostFile } from '../outside/files.js';

/** What account look-ups need, for somebody who is not a process of the host. */
export function hostFiles(host: Host): { readFile(path: string): Bytes } {
  return {
    readFile(path) {
      const file = readHostFile(host.files, path);
      if (!file) throw new Errno('ENOENT');
      return file.content;
    },
  };
}
