import { compareText } from '../../api/go-text.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { printYaml } from '../../api/yaml/print.js';
import { readYaml } from '../../api/yaml/read.js';
import { kubeconfigPaths } from '../../client/kubeconfig/load.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { exists } from '../../kernel/libc/exists.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';

/** The lists of a kubeconfig and what an entry of each is called in it. */
export const SECTIONS = { clusters: 'cluster', contexts: 'context', users: 'user' } as const;
export type Section = keyof typeof SECTIONS;

/** One kubeconfig file as it stands, entries by name. */
export interface ConfigFile {
  readonly path: string;
  currentContext: string;
  readonly clusters: Map<string, JsonObject>;
  readonly contexts: Map<string, JsonObject>;
  readonly users: Map<string, JsonObject>;
}

/** Reads all files that are meant; those that are not there are empty. */
function configFiles(session: Session): ConfigFile[] {
  return kubeconfigPaths(session.sys, session.flags.text('kubeconfig') || undefined).map((path) =>
    readFile(session, path),
  );
}

/** The file an entry is to be changed in: where it stands, else the first that exists, else the last of the list. */
export function fileFor(session: Session, section: Section, name: string): ConfigFile {
  const files = configFiles(session);
  return files.find((file) => file[section].has(name)) ?? defaultFile(session, files);
}

/** The file of the current context. */
export function fileOfCurrent(session: Session): ConfigFile {
  const files = configFiles(session);
  return files.find(({ currentContext }) => currentContext !== '') ?? defaultFile(session, files);
}

function defaultFile(session: Session, files: readonly ConfigFile[]): ConfigFile {
  return files.find(({ path }) => exists(session.sys, path)) ?? (files.at(-1) as ConfigFile);
}

function readFile({ sys }: Session, path: string): ConfigFile {
  let value: unknown = {};
  try {
    value = readYaml(decodeText(sys.readFile(path)));
  } catch (error) {
    if (isErrno(error) && error.code !== 'ENOENT')
      throw new CommandError(`open ${path}: ${error.message.toLowerCase()}`);
    if (!isErrno(error)) throw new CommandError(`error loading config file "${path}": ${(error as Error).message}`);
  }
  const config = isJsonObject(value) ? value : {};
  const entries = (section: Section): Map<string, JsonObject> => {
    const list = Array.isArray(config[section]) ? (config[section] as JsonObject[]) : [];
    return new Map(list.map((entry) => [String(entry['name']), (entry[SECTIONS[section]] ?? {}) as JsonObject]));
  };
  return {
    path,
    currentContext: typeof config['current-context'] === 'string' ? config['current-context'] : '',
    clusters: entries('clusters'),
    contexts: entries('contexts'),
    users: entries('users'),
  };
}

/** A kubeconfig as kubectl writes it: entries by name, empty lists as null. */
export function configObject(config: Omit<ConfigFile, 'path'>): JsonObject {
  const list = (section: Section): unknown => {
    const names = [...config[section].keys()].sort(compareText);
    return names.length === 0
      ? null
      : names.map((name) => ({ [SECTIONS[section]]: complete(section, config[section].get(name) ?? {}), name }));
  };
  return {
    apiVersion: 'v1',
    clusters: list('clusters'),
    contexts: list('contexts'),
    'current-context': config.currentContext,
    kind: 'Config',
    users: list('users'),
  };
}

/** Fields that Go writes even when they are empty, and none that are empty otherwise. */
function complete(section: Section, entry: JsonObject): JsonObject {
  const kept = Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== '' && value !== undefined && value !== false),
  );
  if (section === 'contexts') return { cluster: '', user: '', ...kept };
  return section === 'clusters' ? { server: '', ...kept } : kept;
}

/** Writes a file, its directory included. */
export function writeFile({ sys }: Session, config: ConfigFile): void {
  const directory = config.path.slice(0, config.path.lastIndexOf('/'));
  if (directory !== '') {
    try {
      sys.stat(directory);
    } catch (error) {
      if (!isErrno(error)) throw error;
      sys.makeDirectory(directory, 0o755);
    }
  }
  sys.writeFile(config.path, printYaml(configObject(config)), 0o600);
}

/** The name kubectl calls the file by in messages: the one it would write to. */
export function defaultPath(session: Session): string {
  return defaultFile(session, configFiles(session)).path;
}
