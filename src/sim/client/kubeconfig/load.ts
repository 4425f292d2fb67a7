import { isJsonObject } from '../../api/object.js';
import { readYaml } from '../../api/yaml/read.js';
import { decodeText } from '../../kernel/bytes.js';
import { type Errno, isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { type Kubeconfig, KubeconfigError } from './types.js';

type FileSys = Pick<Sys, 'readFile' | 'stat' | 'environment' | 'directory'>;

/** The files to read: the one given, those of KUBECONFIG, else ~/.kube/config. */
export function kubeconfigPaths(sys: FileSys, explicit?: string): string[] {
  if (explicit) return [explicit];
  const listed = sys.environment.get('KUBECONFIG');
  if (listed) return [...new Set(listed.split(':').filter((path) => path !== ''))];
  return [`${sys.environment.get('HOME') ?? ''}/.kube/config`];
}

/**
 * Reads and merges kubeconfig files: the first file to say something wins. Missing files of a list are left out, a
 * missing explicit one is an error. Throws `KubeconfigError`.
 */
export function loadKubeconfig(sys: FileSys, explicit?: string): Kubeconfig {
  if (explicit) {
    try {
      sys.stat(explicit);
    } catch (error) {
      if (isErrno(error, 'ENOENT')) throw new KubeconfigError(`stat ${explicit}: no such file or directory`);
    }
  }
  const merged = emptyKubeconfig();
  const problems: string[] = [];
  for (const path of kubeconfigPaths(sys, explicit)) {
    try {
      mergeInto(merged, readKubeconfigFile(sys, path));
    } catch (error) {
      if (isErrno(error, 'ENOENT')) continue;
      const why = isErrno(error) ? unreadableText(path, error) : (error as Error).message;
      problems.push(`error loading config file "${path}": ${why}`);
    }
  }
  if (problems.length > 0) throw new KubeconfigError(problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`);
  return merged;
}

/** A folder can be opened; that it is none to read shows one step later. */
function unreadableText(path: string, { code, message }: Errno): string {
  return `${code === 'EISDIR' ? 'read' : 'open'} ${path}: ${message.toLowerCase()}`;
}

/** A kubeconfig without anything in it. */
function emptyKubeconfig(): Kubeconfig {
  return { currentContext: '', clusters: new Map(), users: new Map(), contexts: new Map(), origins: new Map() };
}

/** Reads one file. Relative paths in it are taken from its directory. Throws Errno and YAML errors. */
export function readKubeconfigFile(sys: FileSys, path: string): Kubeconfig {
  const absolute = joinPath(sys.directory(), path);
  return parseKubeconfig(decodeText(sys.readFile(path)), absolute);
}

/** Reads a kubeconfig's text; `origin` is the file it stands in. */
function parseKubeconfig(text: string, origin: string): Kubeconfig {
  const config = emptyKubeconfig();
  const value = readYaml(text);
  if (value === null) return config;
  if (!isJsonObject(value)) {
    throw new KubeconfigError(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${Array.isArray(value) ? 'array' : typeof value} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  checkKind(value);
  if (typeof value['current-context'] === 'string') config.currentContext = value['current-context'];
  const directory = joinPath(origin, '..');
  readNamed(value['clusters'], 'cluster', config.clusters, config, origin, (cluster) => {
    resolvePath(cluster, 'certificate-authority', directory);
  });
  readNamed(value['users'], 'user', config.users, config, origin, (user) => {
    for (const key of ['client-certificate', 'client-key', 'tokenFile']) resolvePath(user, key, directory);
  });
  readNamed(value['contexts'], 'context', config.contexts, config, origin, () => {});
  return config;
}

function checkKind(value: Record<string, unknown>): void {
  const kind = value['kind'] ?? '';
  const version = value['apiVersion'] ?? '';
  const known = (kind === '' || kind === 'Config') && (version === '' || version === 'v1');
  if (!known) {
    throw new KubeconfigError(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(version)} in scheme "k8s.io/client-go/tools/clientcmd/api/latest/latest.go:50"`,
    );
  }
}

function readNamed<T extends object>(
  list: unknown,
  field: string,
  into: Map<string, T>,
  config: Kubeconfig,
  origin: string,
  prepare: (entry: Record<string, unknown>) => void,
): void {
  if (list === undefined || list === null) return;
  if (!Array.isArray(list)) {
    const [plural, type] = [`${field}s`, `Named${field === 'user' ? 'AuthInfo' : capital(field)}`];
    const given = isJsonObject(list) ? 'object' : typeof list === 'boolean' ? 'bool' : typeof list;
    throw new KubeconfigError(
      `json: cannot unmarshal ${given} into Go struct field Config.${plural} of type []v1.${type}`,
    );
  }
  for (const item of list) {
    if (!isJsonObject(item) || typeof item['name'] !== 'string') continue;
    const entry = isJsonObject(item[field]) ? { ...item[field] } : {};
    prepare(entry);
    if (into.has(item['name'])) {
      throw new KubeconfigError(
        `error converting *[]Named${capital(field)} into *map[string]*api.${field}: duplicate name "${item['name']}" in list`,
      );
    }
    into.set(item['name'], entry as T);
    config.origins.set(entry, origin);
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function resolvePath(entry: Record<string, unknown>, key: string, directory: string): void {
  const path = entry[key];
  if (typeof path === 'string' && path !== '' && !path.startsWith('/')) entry[key] = joinPath(directory, path);
}

function mergeInto(target: Kubeconfig, source: Kubeconfig): void {
  target.currentContext ||= source.currentContext;
  for (const name of ['clusters', 'users', 'contexts'] as const) {
    const to = target[name] as Map<string, object>;
    for (const [key, entry] of source[name] as Map<string, object>) if (!to.has(key)) to.set(key, entry);
  }
  for (const [entry, origin] of source.origins) target.origins.set(entry, origin);
}

/** An absolute path from a directory and a path in it; `.` and `..` are resolved. */
function joinPath(directory: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
