import { createHash } from 'node:crypto';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { compress, decompress } from '../../shell/coreutils/gzip.js';
import { type Member, readArchive, writeArchive } from '../../shell/coreutils/tar/format.js';
import { HelmError } from '../errors.js';
import type { ChartFile } from './chart.js';

/** A file of an archive, by its path below the archive's one directory. */
export type ArchiveFile = ChartFile;

/** The files of a chart's archive. Throws HelmError in the words of helm's loader. */
export function readChartArchive(bytes: Uint8Array): ArchiveFile[] {
  const plain = decompress(bytes);
  if (!plain) throw new HelmError('gzip: invalid header');
  const files = (readArchive(plain) ?? [])
    .filter(({ kind }) => kind !== 'directory')
    .map(({ name, content, modified }) => ({ name: innerPath(name), data: content, modified: modified * SECOND }));
  if (files.length === 0) throw new HelmError('no files in chart archive');
  return files;
}

function innerPath(name: string): string {
  const [top, ...rest] = name.split('/');
  const inner = rest.filter((part) => part !== '' && part !== '.').join('/');
  if (top === 'Chart.yaml') throw new HelmError('chart yaml not in base directory');
  if (inner === '')
    throw new HelmError(`chart illegally contains content outside the base directory: ${JSON.stringify(name)}`);
  if (rest.includes('..')) throw new HelmError('chart illegally references parent directory');
  return inner;
}

/** Packs files below one directory; the same files give the same bytes. */
export function writeChartArchive(files: readonly { name: string; data: Uint8Array; modified: Micros }[]): Uint8Array {
  return compress(writeArchive(files.map(memberOf)));
}

function memberOf({ name, data, modified }: { name: string; data: Uint8Array; modified: Micros }): Member {
  return {
    name,
    kind: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    user: '',
    group: '',
    modified: Math.floor(modified / SECOND),
    target: '',
    content: data,
  };
}

/** SHA-256 in hexadecimal digits. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
