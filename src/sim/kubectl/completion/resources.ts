import { compareText } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { collectionPath } from '../../client/paths.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Flags } from '../cobra/flags.js';
import { findMapping, groupResourceOf } from '../resource/mapper.js';
import type { Session } from '../session.js';

/** Types first, then names of the type; `type/name` in one word. */
export function* completeResources(
  session: Session,
  args: readonly string[],
  prefix: string,
  flags: Flags,
): Waiting<readonly string[]> {
  const first = args[0];
  if (first === undefined && prefix.includes('/')) return yield* namesBehindType(session, prefix, flags);
  if (first === undefined) return yield* typeNames(session);
  const type = first.includes('/') ? (first.split('/')[0] as string) : first;
  const names = yield* namesOf(session, type, flags);
  return names.filter((name) => !args.slice(1).includes(name));
}

/** Only these types, then names of the type that was chosen. */
export function completeTypes(...types: readonly string[]) {
  return function* (
    session: Session,
    args: readonly string[],
    prefix: string,
    flags: Flags,
  ): Waiting<readonly string[]> {
    if (args.length === 0 && !prefix.includes('/')) return types;
    return yield* completeResources(session, args, prefix, flags);
  };
}

/** The first argument is a type, all others are names of nodes or the like. */
export function completeNames(type: string) {
  return function* (
    session: Session,
    args: readonly string[],
    _prefix: string,
    flags: Flags,
  ): Waiting<readonly string[]> {
    return (yield* namesOf(session, type, flags)).filter((name) => !args.includes(name));
  };
}

/** The name of one object of a type, and nothing after it. */
export function completeOne(type: string) {
  return function* (
    session: Session,
    args: readonly string[],
    _prefix: string,
    flags: Flags,
  ): Waiting<readonly string[]> {
    return args.length > 0 ? [] : yield* namesOf(session, type, flags);
  };
}

/** What may follow a type and its slash, the type before each name. */
export function* namesBehindType(session: Session, prefix: string, flags: Flags): Waiting<string[]> {
  const type = prefix.slice(0, prefix.indexOf('/'));
  return (yield* namesOf(session, type, flags)).map((name) => `${type}/${name}`);
}

function* typeNames(session: Session): Waiting<string[]> {
  const mappings = yield* session.discovery().resources(0);
  const listed = mappings.filter(({ verbs }) => verbs.includes('get'));
  listed.sort((a, b) => compareText(a.group, b.group) || compareText(a.resource, b.resource));
  return [...new Set(listed.map(groupResourceOf))];
}

/** The names of all objects of a type in the namespace in use; none when the server does not say. */
export function* namesOf(session: Session, type: string, flags: Flags): Waiting<string[]> {
  const mapping = findMapping(yield* session.discovery().resources(0), yield* session.discovery().groups(), type);
  if (!mapping) return [];
  const namespace = mapping.namespaced && !flags.bool('all-namespaces') ? session.namespace().name : '';
  const list = yield* session
    .rest()
    .send<{ items: readonly KubeObject[] }>({ method: 'GET', path: collectionPath(mapping, namespace) });
  return list.items.map(({ metadata }) => metadata.name ?? '').sort();
}
