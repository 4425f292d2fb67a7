import { expandReferences } from '../../api/expansion.js';
import { goQuote } from '../../api/go-text.js';
import { podFieldValue, resourceFieldValue } from '../../api/pod-fields.js';
import { isNotFound, StatusError } from '../../api/status.js';
import type { ConfigMap, Secret } from '../../api/types/config.js';
import type { Container, EnvFromSource, EnvVarSource, Pod } from '../../api/types/pod.js';
import type { Waiting } from '../../kernel/wait.js';
import { environmentFileValue } from './environment-file.js';

/** Something about a container that cannot be made out: it waits with CreateContainerConfigError. */
export class ContainerConfigError extends Error {}

/** What variables are made from. */
export interface EnvironmentSources {
  configMap(namespace: string, name: string): Waiting<ConfigMap>;
  secret(namespace: string, name: string): Waiting<Secret>;
  readonly services: ReadonlyMap<string, string>;
  readonly podIPs: readonly string[];
  readonly hostIPs: readonly string[];
  readonly allocatable: Readonly<Record<string, string>>;
  /** The text of a file in one of the pod's volumes, with its path on the host. Throws an Error in kubelet's words. */
  file(volume: string, path: string): { readonly path: string; readonly text: string };
}

type Pair = readonly [name: string, value: string];

/**
 * A container's variables in the order kubelet gives them: envFrom, then env with `$(NAME)` replaced by what came
 * before, then services. Throws `ContainerConfigError` in kubelet's words.
 */
export function* containerEnvironment(pod: Pod, container: Container, sources: EnvironmentSources): Waiting<Pair[]> {
  const result = new Map<string, string>();
  for (const from of container.envFrom ?? []) {
    for (const [key, value] of yield* envFrom(pod, from, sources)) result.set(`${from.prefix ?? ''}${key}`, value);
  }
  const known = new Map(result);
  for (const variable of container.env ?? []) {
    let value: string | undefined;
    if (variable.value !== undefined && variable.value !== '') {
      value = expandReferences(variable.value, (name) => known.get(name) ?? sources.services.get(name));
    } else if (variable.valueFrom) {
      value = yield* valueFrom(pod, container, variable.valueFrom, sources);
      // An optional key that is missing leaves the variable out.
      if (value === undefined) continue;
    }
    known.set(variable.name, value ?? '');
    result.set(variable.name, value ?? '');
  }
  for (const [name, value] of sources.services) if (!result.has(name)) result.set(name, value);
  return [...result];
}

function* envFrom(pod: Pod, from: EnvFromSource, sources: EnvironmentSources): Waiting<Pair[]> {
  const namespace = pod.metadata.namespace ?? '';
  if (from.configMapRef) {
    const { name = '', optional } = from.configMapRef;
    const map = yield* lookup(() => sources.configMap(namespace, name), optional);
    return map ? Object.entries(map.data ?? {}).sort(byName) : [];
  }
  if (from.secretRef) {
    const { name = '', optional } = from.secretRef;
    const secret = yield* lookup(() => sources.secret(namespace, name), optional);
    return secret ? secretEntries(secret).sort(byName) : [];
  }
  return [];
}

function* valueFrom(
  pod: Pod,
  container: Container,
  from: EnvVarSource,
  sources: EnvironmentSources,
): Waiting<string | undefined> {
  const namespace = pod.metadata.namespace ?? '';
  if (from.fieldRef) {
    const { fieldPath } = from.fieldRef;
    return orConfigError(() => podFieldValue(pod, fieldPath, sources));
  }
  if (from.resourceFieldRef) {
    const reference = from.resourceFieldRef;
    return orConfigError(() => resourceFieldValue(reference, pod, container, sources.allocatable));
  }
  if (from.fileKeyRef) {
    const { volumeName, path, key, optional } = from.fileKeyRef;
    return fileValue(() => sources.file(volumeName, path), key, optional);
  }
  if (from.configMapKeyRef) {
    const { name = '', key, optional } = from.configMapKeyRef;
    const map = yield* lookup(() => sources.configMap(namespace, name), optional);
    return keyOf(map?.data?.[key], optional, `couldn't find key ${key} in ConfigMap ${namespace}/${name}`);
  }
  if (from.secretKeyRef) {
    const { name = '', key, optional } = from.secretKeyRef;
    const secret = yield* lookup(() => sources.secret(namespace, name), optional);
    const found = secret?.data?.[key];
    return keyOf(
      found === undefined ? undefined : decode(found),
      optional,
      `couldn't find key ${key} in Secret ${namespace}/${name}`,
    );
  }
  return '';
}

/** A variable of a file of variables; one that is empty counts as missing. */
function fileValue(
  read: () => { readonly path: string; readonly text: string },
  key: string,
  optional: boolean | undefined,
): string | undefined {
  const file = orConfigError(read);
  let value: string;
  try {
    value = environmentFileValue(file.text, key);
  } catch {
    // Kubelet's journal has the reason; others could learn from it what is in the file.
    throw new ContainerConfigError("couldn't parse env file");
  }
  if (value !== '') return value;
  if (optional) return undefined;
  throw new ContainerConfigError(`environment variable key ${goQuote(key)} not found in file ${goQuote(file.path)}`);
}

function keyOf(value: string | undefined, optional: boolean | undefined, missing: string): string | undefined {
  if (value === undefined && !optional) throw new ContainerConfigError(missing);
  return value;
}

function orConfigError<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new ContainerConfigError((error as Error).message);
  }
}

/** An object, or undefined when it may be missing and is. */
function* lookup<T>(get: () => Waiting<T>, optional: boolean | undefined): Waiting<T | undefined> {
  try {
    return yield* get();
  } catch (error) {
    if (isNotFound(error) && optional) return undefined;
    if (error instanceof StatusError) throw new ContainerConfigError(error.status.message ?? '');
    throw new ContainerConfigError(error instanceof Error ? error.message : goQuote(String(error)));
  }
}

function secretEntries(secret: Secret): Pair[] {
  return Object.entries(secret.data ?? {}).map(([key, value]) => [key, decode(value)] as const);
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

function byName([one]: Pair, [other]: Pair): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
