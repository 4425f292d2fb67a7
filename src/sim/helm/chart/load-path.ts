import { compareBytes } from '../../api/bytewise.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { HelmError } from '../errors.js';
import type { Chart, ChartFile } from './chart.js';
import { IgnoreRules } from './ignore.js';
import { chartOfArchive, chartOfFiles, type Warn, withoutMark } from './load.js';

const FILE_BYTES_MAX = 5 * 2 ** 20;

/** The chart at a path: a directory or an archive. Throws HelmError in the words of helm's loader. */
export function loadChart(sys: Sys, path: string, warn?: Warn): Chart {
  const stat = statOf(sys, path);
  return stat.type === 'directory' ? loadDirectory(sys, path, warn) : loadArchive(sys, path, warn);
}

/** The chart in an archive's file. */
export function loadArchive(sys: Sys, path: string, warn?: Warn): Chart {
  const bytes = readBytes(sys, path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    if (/\.ya?ml$/.test(path))
      throw new HelmError(`file '${path}' seems to be a YAML file, but expected a gzipped archive`);
    throw new HelmError(`file '${path}' does not appear to be a gzipped archive; got '${contentType(bytes)}'`);
  }
  return chartOfArchive(bytes, warn);
}

/** The chart in a directory, without what its .helmignore names. */
export function loadDirectory(sys: Sys, path: string, warn?: Warn): Chart {
  const top = path.replace(/\/+$/, '');
  const rules = new IgnoreRules(ignoreText(sys, top));
  const files: ChartFile[] = [];
  collect(sys, top, '', rules, files);
  return chartOfFiles(files, warn);
}

function ignoreText(sys: Sys, top: string): string {
  try {
    return decodeText(sys.readFile(`${top}/.helmignore`));
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}

/** Symbolic links are followed, as helm does. */
function collect(sys: Sys, top: string, folder: string, rules: IgnoreRules, files: ChartFile[]): void {
  const names = readNames(sys, folder === '' ? top : `${top}/${folder}`);
  for (const name of names) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const full = `${top}/${path}`;
    const stat = statOf(sys, full);
    if (rules.ignores(path, stat.type === 'directory')) continue;
    if (stat.type === 'directory') {
      collect(sys, top, path, rules, files);
      continue;
    }
    if (stat.type !== 'file')
      throw new HelmError(`cannot load irregular file ${full} as it has file mode type bits set`);
    if (stat.size > FILE_BYTES_MAX)
      throw new HelmError(`chart file ${JSON.stringify(name)} is larger than the maximum file size ${FILE_BYTES_MAX}`);
    files.push(withoutMark({ name: path, data: readBytes(sys, full), modified: stat.modified }));
  }
}

function readNames(sys: Sys, path: string): string[] {
  try {
    return sys
      .readDirectory(path)
      .map(({ name }) => name)
      .sort(compareBytes);
  } catch (error) {
    throw fileError('open', path, error);
  }
}

function statOf(sys: Sys, path: string) {
  try {
    return sys.stat(path);
  } catch (error) {
    throw fileError('stat', path, error);
  }
}

function readBytes(sys: Sys, path: string): Uint8Array {
  try {
    return sys.readFile(path);
  } catch (error) {
    throw fileError('open', path, error);
  }
}

/** An error of a file as Go's os package words it: `stat web: no such file or directory`. */
export function fileError(call: string, path: string, error: unknown): unknown {
  return isErrno(error) ? new HelmError(`${call} ${path}: ${error.message.toLowerCase()}`) : error;
}

/** What net/http makes of a file's first bytes. */
function contentType(bytes: Uint8Array): string {
  const text = decodeText(bytes.subarray(0, 512));
  if (/^\s*</.test(text) && /^\s*<(?:!doctype html|html|head|body|h1)/i.test(text)) return 'text/html; charset=utf-8';
  return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)
    ? 'application/octet-stream'
    : 'text/plain; charset=utf-8';
}
