import { isJsonObject } from '../../api/object.js';
import { decodeText } from '../../kernel/bytes.js';
import { readAll } from '../../kernel/libc/streams.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Values } from '../chart/chart.js';
import { readValues } from '../chart/load.js';
import { fileError } from '../chart/load-path.js';
import { HelmError, messageOf, wrapped } from '../errors.js';
import { fetchUrl } from '../repo/fetch.js';
import type { HelmRun } from '../run.js';
import { mergeMaps } from './merge.js';
import { type SetMode, setValues } from './set.js';

/** The values that a command line gives: files, then `--set-json`, `--set`, `--set-string`, `--set-file`, `--set-literal`. */
export function* givenValues(run: HelmRun): Waiting<Values> {
  const { flags } = run;
  let values: Values = {};
  for (const path of flags.list('values')) {
    const text = yield* readSource(run, path);
    try {
      values = mergeMaps(values, readValues(text));
    } catch (error) {
      throw wrapped(`failed to parse ${path}`, error);
    }
  }
  for (const text of flags.list('set-json')) values = setJson(text, values);
  for (const text of flags.list('set')) setOne('set', text, values, 'typed');
  for (const text of flags.list('set-string')) setOne('set-string', text, values, 'text');
  for (const text of flags.list('set-file')) yield* setFile(run, text, values);
  for (const text of flags.list('set-literal')) setOne('set-literal', text, values, 'literal');
  return values;
}

function setOne(flag: string, text: string, values: Values, mode: SetMode): void {
  try {
    setValues(text, values, mode);
  } catch (error) {
    throw wrapped(`failed parsing --${flag} data`, error);
  }
}

function setJson(text: string, values: Values): Values {
  try {
    if (!text.trim().startsWith('{')) {
      setValues(text, values, 'json');
      return values;
    }
  } catch {
    throw new HelmError(`failed parsing --set-json data ${text}`);
  }
  const map = parsed(text.trim());
  if (!isJsonObject(map)) throw new HelmError(`failed parsing --set-json data JSON: ${text}`);
  return mergeMaps(values, map);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Values of `--set-file` are paths; their files are read before anything is set. */
function* setFile(run: HelmRun, text: string, values: Values): Waiting<void> {
  const paths: string[] = [];
  const fail = (error: unknown): HelmError => wrapped('failed parsing --set-file data', error);
  try {
    setValues(text, {}, 'text', (path) => paths.push(path));
  } catch (error) {
    throw fail(error);
  }
  const contents: string[] = [];
  for (const path of paths)
    try {
      contents.push(yield* readSource(run, path));
    } catch (error) {
      throw fail(error);
    }
  setValues(text, values, 'text', () => contents.shift());
}

/** A file, standard input (`-`) or what an address gives. */
function* readSource(run: HelmRun, path: string): Waiting<string> {
  if (path.trim() === '-') return decodeText(yield* readAll(run.sys, 0));
  if (/^https?:\/\//.test(path)) return decodeText(yield* fetchUrl(run, path));
  try {
    return decodeText(run.sys.readFile(path));
  } catch (error) {
    throw new HelmError(messageOf(fileError('open', path, error)));
  }
}
