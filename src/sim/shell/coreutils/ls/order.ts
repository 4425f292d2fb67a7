import { textWidth } from '../character-width.js';
import { compareText, compareVersions } from '../sort-compare.js';
import type { Entry } from './entry.js';
import type { Settings } from './settings.js';

/** Entries in the order ls lists them. */
export function ordered(entries: readonly Entry[], settings: Settings): Entry[] {
  const compare = comparison(settings);
  const sorted = compare ? entries.toSorted(compare) : [...entries];
  if (settings.reverse && compare) sorted.reverse();
  if (!settings.directoriesFirst || !compare) return sorted;
  const isDirectory = (entry: Entry) => entry.stat?.type === 'directory' || entry.target?.type === 'directory';
  return [...sorted.filter(isDirectory), ...sorted.filter((entry) => !isDirectory(entry))];
}

type Compare = (left: Entry, right: Entry) => number;

function comparison(settings: Settings): Compare | undefined {
  const byName: Compare = (left, right) => compareText(left.name, right.name);
  const { time } = settings;
  switch (settings.sort) {
    case 'none':
      return undefined;
    case 'time':
      return (left, right) => (right.stat?.[time] ?? 0) - (left.stat?.[time] ?? 0) || byName(left, right);
    case 'size':
      return (left, right) => (right.stat?.size ?? 0) - (left.stat?.size ?? 0) || byName(left, right);
    case 'extension':
      return (left, right) => compareText(extension(left.name), extension(right.name)) || byName(left, right);
    case 'version':
      return (left, right) => compareVersions(left.name, right.name);
    case 'width':
      return (left, right) => textWidth(left.name) - textWidth(right.name) || byName(left, right);
    default:
      return byName;
  }
}

function extension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot);
}
