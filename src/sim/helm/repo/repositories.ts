import { isJsonObject } from '../../api/object.js';
import { printYaml } from '../../api/yaml/print.js';
import { readYaml } from '../../api/yaml/read.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { directoryOf, makeDirectories } from './paths.js';

/** A repository of charts as repositories.yaml knows it. */
export interface RepoEntry {
  readonly name: string;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile: string;
  readonly insecure_skip_tls_verify: boolean;
  readonly pass_credentials_all: boolean;
}

/** repositories.yaml; `exists` tells an empty list from none. */
export interface RepoFile {
  readonly exists: boolean;
  readonly apiVersion: string;
  readonly generated: string;
  readonly repositories: readonly RepoEntry[];
}

const ZERO_TIME = '0001-01-01T00:00:00Z';

/** Reads repositories.yaml; what is not there is an empty list. Throws YamlError and Errno other than ENOENT. */
export function readRepositories(sys: Sys, path: string): RepoFile {
  let text: string;
  try {
    text = decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR'))
      return { exists: false, apiVersion: '', generated: ZERO_TIME, repositories: [] };
    throw error;
  }
  const value = readYaml(text);
  const fields = isJsonObject(value) ? value : {};
  const entries = Array.isArray(fields['repositories']) ? (fields['repositories'] as unknown[]) : [];
  return {
    exists: true,
    apiVersion: typeof fields['apiVersion'] === 'string' ? fields['apiVersion'] : '',
    generated: typeof fields['generated'] === 'string' ? fields['generated'] : ZERO_TIME,
    repositories: entries.filter(isJsonObject).map(entryOf),
  };
}

/** An entry with all its fields. */
export function entryOf(fields: Readonly<Record<string, unknown>>): RepoEntry {
  const text = (key: string): string => (typeof fields[key] === 'string' ? fields[key] : '');
  return {
    caFile: text('caFile'),
    certFile: text('certFile'),
    insecure_skip_tls_verify: fields['insecure_skip_tls_verify'] === true,
    keyFile: text('keyFile'),
    name: text('name'),
    pass_credentials_all: fields['pass_credentials_all'] === true,
    password: text('password'),
    url: text('url'),
    username: text('username'),
  };
}

/** Writes repositories.yaml, readable by its owner only. */
export function writeRepositories(sys: Sys, path: string, file: RepoFile): void {
  makeDirectories(sys, directoryOf(path));
  const { apiVersion, generated, repositories } = file;
  const data = printYaml({ apiVersion, generated, repositories });
  sys.writeFile(path, data, 0o600);
}

/** Where a repository's index is kept. */
export function indexPath(cache: string, name: string): string {
  return `${cache}/${name === '' ? '' : `${name}-`}index.yaml`;
}

/** Where the names of its charts are kept. */
export function chartsPath(cache: string, name: string): string {
  return `${cache}/${name === '' ? '' : `${name}-`}charts.txt`;
}
