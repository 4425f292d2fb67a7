import { parseDuration } from '../api/duration.js';
import { isJsonObject, type JsonObject } from '../api/object.js';
import { readYaml } from '../api/yaml/read.js';
import type { UsualElection } from '../client/component/start.js';
import { decodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { Sys } from '../kernel/sys.js';
import { type Micros, SECOND } from '../kernel/time.js';
import { ConfigError, numberOf } from './config-values.js';
import { DEFAULT_PROFILE, type Profile } from './profile.js';
import { readProfiles } from './profile-config.js';
import { type Backoff, USUAL_BACKOFF } from './queue.js';

/** What is taken from a KubeSchedulerConfiguration. */
export interface SchedulerConfig {
  readonly kubeconfig: string;
  readonly leaderElect: boolean | undefined;
  readonly election: UsualElection;
  readonly profiles: readonly Profile[];
  readonly backoff: Backoff;
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
  const listed = Array.isArray(value['profiles']) ? value['profiles'].filter(isJsonObject) : [];
  const given = listed.length > 0 ? listed : [{}];
  const elect = child(value, 'leaderElection')['leaderElect'];
  const kubeconfig = child(value, 'clientConnection')['kubeconfig'];
  return {
    kubeconfig: typeof kubeconfig === 'string' ? kubeconfig : '',
    leaderElect: typeof elect === 'boolean' ? elect : undefined,
    election: electionOf(child(value, 'leaderElection')),
    profiles: readProfiles(given, numberOf(value['percentageOfNodesToScore'], 0)),
    backoff: {
      initial: numberOf(value['podInitialBackoffSeconds'], 1) * SECOND,
      max: numberOf(value['podMaxBackoffSeconds'], 10) * SECOND,
    },
  };
}

/** What a scheduler without a file does. */
export const USUAL_CONFIG: SchedulerConfig = {
  kubeconfig: '',
  leaderElect: undefined,
  election: {},
  profiles: [DEFAULT_PROFILE],
  backoff: USUAL_BACKOFF,
};

/** Whose lease is wanted, and how patiently. Throws `ConfigError` for a span that is none. */
function electionOf(given: JsonObject): UsualElection {
  const text = (key: string): string | undefined => (typeof given[key] === 'string' && given[key]) || undefined;
  const span = (key: string): Micros | undefined => {
    const written = text(key);
    return written === undefined ? undefined : spanOf(written);
  };
  const found = {
    namespace: text('resourceNamespace'),
    name: text('resourceName'),
    leaseDuration: span('leaseDuration'),
    renewDeadline: span('renewDeadline'),
    retryPeriod: span('retryPeriod'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function spanOf(text: string): Micros {
  try {
    return parseDuration(text);
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error));
  }
}

function child(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}
