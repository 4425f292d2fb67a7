import type { KubeObject } from '../../api/object.js';
import { podFieldValue, resourceFieldValue } from '../../api/pod-fields.js';
import type { Container, Pod, ResourceFieldSelector } from '../../api/types/pod.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';

/** Where a variable's value comes from: one of the four references. */
export type EnvSource = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

const CORE = { group: '', version: 'v1', namespaced: true };
const CONFIG_MAPS = { ...CORE, resource: 'configmaps', kind: 'ConfigMap' };
const SECRETS = { ...CORE, resource: 'secrets', kind: 'Secret' };
/** A node's doings are not known here. */
const NOWHERE = { podIPs: [], hostIPs: [] };

/** The value a reference leads to. Throws what `set env --list --resolve` says when it leads nowhere. */
export function* resolveSource(
  session: Session,
  source: EnvSource,
  object: KubeObject,
  container: Container,
): Waiting<string> {
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = source;
  const namespace = session.namespace().name;
  if (secretKeyRef) {
    const { name = '', key = '' } = secretKeyRef;
    const value = dataOf(yield* session.rest().get(SECRETS, name, namespace))[key];
    if (value === undefined) throw new CommandError(`key ${key} not found in secret ${name}`);
    return Buffer.from(value, 'base64').toString('utf8');
  }
  if (configMapKeyRef) {
    const { name = '', key = '' } = configMapKeyRef;
    const value = dataOf(yield* session.rest().get(CONFIG_MAPS, name, namespace))[key];
    if (value === undefined) throw new CommandError(`key ${key} not found in config map ${name}`);
    return value;
  }
  if (fieldRef) return podFieldValue(object as unknown as Pod, fieldRef['fieldPath'] ?? '', NOWHERE);
  if (!resourceFieldRef) throw new CommandError('invalid valueFrom');
  const reference = resourceFieldRef as unknown as ResourceFieldSelector;
  return resourceFieldValue(reference, object as unknown as Pod, container, {});
}

function dataOf(object: KubeObject): Readonly<Record<string, string>> {
  return (object['data'] ?? {}) as Record<string, string>;
}
