import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Flags } from '../cobra/flags.js';
import type { Session } from '../session.js';
import { namesBehindType, namesOf } from './resources.js';

/** Kinds that have pods, as kubectl lists them. */
// biome-ignore format: a list
const OWNERS = ['daemonsets/', 'deployments/', 'pods/', 'jobs/', 'replicasets/', 'replicationcontrollers/', 'services/', 'statefulsets/'];

/** The names of a pod's containers, the ones that run first before the others. */
export function* containerNames(session: Session, flags: Flags): Waiting<readonly string[]> {
  const name = (flags.args[0] ?? '').replace(/^pods?\//, '');
  if (name === '') return [];
  const pod = yield* session.rest().get(RESOURCES.pods, name, session.namespace().name);
  const spec = pod['spec'] as { containers?: { name: string }[]; initContainers?: { name: string }[] };
  return [...(spec.initContainers ?? []), ...(spec.containers ?? [])].map((each) => each.name);
}

/** A pod or `type/name` of what has pods; then, for verbs that take one as an argument, a container. */
export function completePods(container: boolean) {
  return function* (
    session: Session,
    args: readonly string[],
    prefix: string,
    flags: Flags,
  ): Waiting<readonly string[]> {
    if (args.length > 0) return container && args.length === 1 ? yield* containerNames(session, flags) : [];
    if (prefix.includes('/')) return yield* namesBehindType(session, prefix, flags);
    return [...(yield* namesOf(session, 'pods', flags)), ...OWNERS];
  };
}

/** For `cp`: namespaces with a slash, pods with a colon, and what there is of files once something was typed. */
export function* completeCopy(
  session: Session,
  args: readonly string[],
  prefix: string,
  flags: Flags,
): Waiting<readonly string[]> {
  if (args.length > 0 || /^[/.~]/.test(prefix) || prefix.includes(':')) return [];
  const slash = prefix.indexOf('/');
  if (slash > 0) {
    const namespace = prefix.slice(0, slash);
    const { items } = yield* session.rest().list<{ metadata: { name?: string } }>(RESOURCES.pods, namespace);
    return items.map(({ metadata }) => `${namespace}/${metadata.name}:`);
  }
  const remote = [
    ...(yield* namesOf(session, 'namespaces', flags)).map((name) => `${name}/`),
    ...(yield* namesOf(session, 'pods', flags)).map((name) => `${name}:`),
  ].filter((candidate) => candidate.startsWith(prefix));
  if (prefix === '') return [...remote, './', '/'];
  if (remote.length === 0) return [];
  const files = session.sys
    .readDirectory('.')
    .map(({ name }) => (session.sys.stat(name).type === 'directory' ? `${name}/` : name));
  return [...remote, ...files.sort()];
}
