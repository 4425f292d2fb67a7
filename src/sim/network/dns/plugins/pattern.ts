import { readPattern } from '../../../api/go-pattern.js';

/** What a Go pattern found in a text: the whole and its groups. */
export type Groups = readonly string[];

/** Finds a pattern that Go has accepted in a text; undefined where it does not occur. */
export function findGroups(pattern: string, text: string): Groups | undefined {
  const read = readPattern(pattern);
  if (typeof read === 'string') return undefined;
  const matcher = read.matcher(text);
  if (!matcher.find()) return undefined;
  return Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at) ?? '');
}

/** The groups' names and what they found. */
export function namedGroups(pattern: string, groups: Groups): Map<string, string> {
  const names = [...pattern.matchAll(/\((?!\?)|\(\?P?<([^>=!]+)>/g)];
  return new Map(names.flatMap(([, name], at) => (name === undefined ? [] : [[name, groups[at + 1] ?? '']])));
}

/** How many groups a pattern has; undefined for one that Go refuses. */
export function groupCount(pattern: string): number | undefined {
  const read = readPattern(pattern);
  return typeof read === 'string' ? undefined : read.groupCount();
}

/** Puts groups into a text at `{0}`, `{1}` … */
export function putGroups(text: string, groups: Groups): string {
  return groups.reduce((sum, group, at) => sum.replaceAll(`{${at}}`, () => group), text);
}
