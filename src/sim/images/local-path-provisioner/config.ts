import { isJsonObject } from '../../api/object.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Random } from '../../kernel/random.js';
import type { Sys } from '../../kernel/sys.js';
import { ProvisionError } from '../provisioner/provision-controller.js';

const ANY_NODE = 'DEFAULT_PATH_FOR_NON_LISTED_NODES';

/** Which folders of which nodes volumes are made in, or the one that all nodes share. */
interface ClassConfig {
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly shared: string;
}

/** What config.json says (local-path-provisioner v0.0.37). */
export interface LocalPathConfig {
  readonly timeoutSeconds: number;
  readonly setup: string;
  readonly teardown: string;
  readonly usual: ClassConfig;
  readonly classes: ReadonlyMap<string, ClassConfig>;
}

/** Reads config.json. Throws an Error in the provisioner's words. */
export function readConfig(sys: Pick<Sys, 'readFile'>, path: string): LocalPathConfig {
  let value: unknown;
  try {
    value = JSON.parse(decodeText(sys.readFile(path)));
  } catch (error) {
    if (isErrno(error))
      throw new Error(`fail to load config file ${path}: open ${path}: ${error.message.toLowerCase()}`);
    throw new Error(`fail to load config file ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const given = isJsonObject(value) ? value : {};
  const classes = isJsonObject(given['storageClassConfigs']) ? Object.entries(given['storageClassConfigs']) : [];
  const text = (key: string) => (typeof given[key] === 'string' ? given[key] : '');
  return {
    timeoutSeconds: Number(given['cmdTimeoutSeconds'] ?? 0) || 120,
    setup: text('setupCommand'),
    teardown: text('teardownCommand'),
    usual: classConfig(given),
    classes: new Map(classes.map(([name, one]) => [name, classConfig(one)])),
  };
}

function classConfig(given: unknown): ClassConfig {
  const value = isJsonObject(given) ? given : {};
  const paths = new Map<string, readonly string[]>();
  const listed = Array.isArray(value['nodePathMap']) ? value['nodePathMap'].filter(isJsonObject) : [];
  for (const { node, paths: own } of listed) {
    const name = String(node ?? '');
    const fail = (why: string) => new Error(`StorageClass config canonicalization failed: ${why}`);
    if (paths.has(name)) throw fail(`duplicate node ${name}`);
    const given = Array.isArray(own) ? own.map(String) : [];
    for (const path of given) {
      if (!path.startsWith('/')) throw fail(`path must start with / for path ${path} on node ${name}`);
      if (path === '/') throw fail(`cannot use root ('/') as path on node ${name}`);
    }
    paths.set(name, given);
  }
  return { paths, shared: String(value['sharedFileSystemPath'] ?? '') };
}

/** What counts for a class. Throws `ProvisionError` for one that is not configured. */
export function configOf({ classes, usual }: LocalPathConfig, name: string): ClassConfig {
  if (classes.size === 0) return usual;
  const found = classes.get(name);
  if (!found) throw new ProvisionError(`BUG: Got request for unexpected storage class ${name}`);
  return found;
}

/** Whether all nodes share one folder. Throws `ProvisionError` where nothing, or both, is configured. */
export function isShared({ paths, shared }: ClassConfig): boolean {
  if (shared !== '' && paths.size > 0)
    throw new ProvisionError(
      'both nodePathMap and sharedFileSystemPath are defined. Please make sure only one is in use',
    );
  if (paths.size > 0) return false;
  if (shared !== '') return true;
  throw new ProvisionError('both nodePathMap and sharedFileSystemPath are unconfigured');
}

/** The folder of a node that a volume is made in; of several one is drawn. Throws `ProvisionError`. */
export function pathOn(config: ClassConfig, node: string, requested: string | undefined, random: Random): string {
  if (isShared(config)) return config.shared;
  const paths = config.paths.get(node) ?? config.paths.get(ANY_NODE);
  if (!paths) throw new ProvisionError(`config doesn't contain node ${node}, and no ${ANY_NODE} available`);
  if (paths.length === 0) throw new ProvisionError(`no local path available on node ${node}`);
  if (requested === undefined || requested === '') return random.pick(paths);
  if (!paths.includes(requested)) throw new ProvisionError(`config doesn't contain path ${requested} on node ${node}`);
  return requested;
}
