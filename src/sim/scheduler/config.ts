import { isJsonObject, type JsonObject } from '../api/object.js';
import { readYaml } from '../api/yaml/read.js';
import { decodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { Sys } from '../kernel/sys.js';

/** A --config file that cannot be used. */
export class ConfigError extends Error {}

/** What is taken from a KubeSchedulerConfiguration. */
export interface SchedulerConfig {
  readonly kubeconfig: string;
  readonly leaderElect: boolean | undefined;
  readonly schedulerNames: readonly string[];
}

const API_VERSION = 'kubescheduler.config.k8s.io/v1';
const KIND = 'KubeSchedulerConfiguration';

/** Reads a --config file. Throws `ConfigError` in the scheduler's words. */
export function readConfigFile(sys: Pick<Sys, 'readFile'>, path: string): SchedulerConfig {
  let value: unknown;
  try {
    value = readYaml(decodeText(sys.readFile(path)));
  } catch (error) {
    if (isErrno(error)) throw new ConfigError(`open ${path}: ${error.message.toLowerCase()}`);
    throw new ConfigError(error instanceof Error ? error.message : String(error));
  }
  if (!isJsonObject(value) || !value['kind']) throw new ConfigError("Object 'Kind' is missing");
  if (!value['apiVersion']) throw new ConfigError("Object 'apiVersion' is missing");
  if (value['apiVersion'] !== API_VERSION || value['kind'] !== KIND) {
    const [, version = String(value['apiVersion'])] = String(value['apiVersion']).split('/');
    throw new ConfigError(
      `no kind "${value['kind']}" is registered for version "${value['apiVersion']}" in scheme (${version})`,
    );
  }
  const names = (Array.isArray(value['profiles']) ? value['profiles'].filter(isJsonObject) : [])
    .map((profile) => profile['schedulerName'])
    .filter((name): name is string => typeof name === 'string');
  const elect = child(value, 'leaderElection')['leaderElect'];
  const kubeconfig = child(value, 'clientConnection')['kubeconfig'];
  return {
    kubeconfig: typeof kubeconfig === 'string' ? kubeconfig : '',
    leaderElect: typeof elect === 'boolean' ? elect : undefined,
    schedulerNames: names.length > 0 ? names : ['default-scheduler'],
  };
}

function child(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}
