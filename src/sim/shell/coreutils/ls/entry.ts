import type { FileStat } from '../../../kernel/files.js';

/** A file that ls lists. `stat` undefined: it could not be looked at. */
export interface Entry {
  readonly name: string;
  /** The path to reach it by. */
  readonly path: string;
  readonly stat: FileStat | undefined;
  readonly link?: string | undefined;
  /** What a link leads to; undefined when it leads nowhere. */
  readonly target?: FileStat | undefined;
}

/** Kibibytes a file takes on the disk. */
export function diskKibibytes(stat: FileStat): number {
  if (stat.type === 'directory') return Math.max(4, Math.ceil(stat.size / 4096) * 4);
  return stat.type === 'file' ? Math.ceil(stat.size / 4096) * 4 : 0;
}
