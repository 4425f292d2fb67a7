import { exists } from '../../kernel/libc/exists.js';
import type { Sys } from '../../kernel/sys.js';

/** What lies in a folder, sorted as os.ReadDir does; nothing where there is none. */
export function namesIn(sys: Sys, path: string): string[] {
  if (!exists(sys, path)) return [];
  return sys
    .readDirectory(path)
    .map(({ name }) => name)
    .sort();
}
