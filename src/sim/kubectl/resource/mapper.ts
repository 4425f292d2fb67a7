import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';
import type { Group, Mapping } from './discovery.js';

/** `v1`, `apps/v1`. */
export function apiVersionOf({ group, version }: { readonly group: string; readonly version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}

/** Splits `apps/v1` into group and version. */
export function splitApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** `pods`, `deployments.apps`. */
export function groupResourceOf({ group, resource }: { readonly group: string; readonly resource: string }): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/**
 * Finds what a word on the command line means: plural, singular, short name or kind, alone or with `.group` or
 * `.version.group`. Throws the words kubectl has for what is not there.
 */
export function* mappingFor(session: Session, word: string): Waiting<Mapping> {
  const mappings = yield* session.discovery().resources();
  const groups = yield* session.discovery().groups();
  const found = findMapping(mappings, groups, word);
  if (found) {
    yield* warnOfOthers(session, mappings, found, word);
    return found;
  }
  throw new CommandError(`the server doesn't have a resource type ${goQuote(word.split('.')[0] ?? '')}`);
}

/** Tells of another group's resource that a short name could mean as well. */
export function* warnOfOthers(
  session: Session,
  mappings: readonly Mapping[],
  found: Mapping,
  word: string,
): Waiting<void> {
  if (word === found.resource || word === found.singular || !found.shortNames.includes(word)) return;
  const other = mappings.find((each) => each.group !== found.group && each.shortNames.includes(word));
  if (!other) return;
  const text = `short name ${goQuote(word)} could also match lower priority resource ${groupResourceOf(other)}`;
  const before = told.get(session) ?? new Set();
  if (before.has(text)) return;
  told.set(session, before.add(text));
  yield* session.warn(text);
}

/** What a session has been warned of: a word may be looked up more than once. */
const told = new WeakMap<Session, Set<string>>();

/** The same without an error when there is none. */
export function findMapping(mappings: readonly Mapping[], groups: readonly Group[], word: string): Mapping | undefined {
  const text = word.toLowerCase();
  const [name = '', ...rest] = text.split('.');
  const tries: { group?: string; version?: string }[] = [];
  if (rest.length >= 2) tries.push({ version: rest[0] as string, group: rest.slice(1).join('.') });
  if (rest.length >= 1) tries.push({ group: rest.join('.') });
  else tries.push({});
  for (const { group, version } of tries) {
    const named = mappings.filter(
      (each) =>
        isNamed(each, name) &&
        (group === undefined || each.group === group || isGroupPrefix(each, group)) &&
        (version === undefined || each.version === version),
    );
    const best = preferred(named, groups);
    if (best) return best;
  }
  return undefined;
}

function isNamed(mapping: Mapping, name: string): boolean {
  return mapping.resource === name || mapping.singular === name || mapping.shortNames.includes(name);
}

/** A group may be shortened to its first part, as long as it begins so (`deployments.app` finds apps). */
function isGroupPrefix({ group }: Mapping, prefix: string): boolean {
  return prefix !== '' && group.startsWith(prefix);
}

function preferred(mappings: readonly Mapping[], groups: readonly Group[]): Mapping | undefined {
  const first = mappings[0];
  if (!first) return undefined;
  const exact = mappings.filter(({ group }) => group === first.group);
  const versions = groups.find(({ name }) => name === first.group)?.versions ?? [];
  return (
    versions.map((version) => exact.find((each) => each.version === version)).find((each) => each !== undefined) ??
    first
  );
}

/** The mapping of an object's kind. Undefined when the server does not know it. */
export function* mappingOfKind(session: Session, apiVersion: string, kind: string): Waiting<Mapping | undefined> {
  const mappings = yield* session.discovery().resources();
  const { group, version } = splitApiVersion(apiVersion);
  return mappings.find((each) => each.group === group && each.version === version && each.kind === kind);
}

/** `no matches for kind "Foo" in version "v1"`. */
export function noMatch(object: Pick<KubeObject, 'apiVersion' | 'kind'>): string {
  return `no matches for kind ${goQuote(object.kind)} in version ${goQuote(object.apiVersion)}`;
}

/** Replaces categories such as `all` by their resources. */
export function* expandCategories(session: Session, word: string): Waiting<string> {
  const mappings = yield* session.discovery().resources();
  const parts = word.split(',').map((part) => {
    const members = mappings.filter(({ categories }) => categories.includes(part));
    return members.length === 0 ? part : members.map(groupResourceOf).join(',');
  });
  return parts.join(',');
}
