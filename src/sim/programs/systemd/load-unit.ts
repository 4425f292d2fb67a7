import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { isNamed } from '../../kernel/libc/exists.js';
import type { Sys } from '../../kernel/sys.js';
import type { Assignment, Complaint } from './unit-file.js';
import { parseUnitFile, Settings } from './unit-file.js';

/** Where unit files lie, the strongest first. */
export const UNIT_PATHS = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
] as const;

export const UNIT_SUFFIXES = [
  'service',
  'target',
  'socket',
  'timer',
  'mount',
  'path',
  'slice',
  'scope',
  'swap',
  'automount',
] as const;

/** What the files of a unit say. */
export interface LoadedUnit {
  readonly state: 'loaded' | 'not-found' | 'masked' | 'bad-setting';
  /** The unit's real name, when it was asked for by an alias. */
  readonly name: string;
  /** The main file; undefined when there is none. */
  readonly path: string | undefined;
  readonly dropIns: readonly string[];
  readonly settings: Settings;
  readonly complaints: readonly (Complaint & { path: string })[];
  /** What changes when a file does: paths, times and sizes. */
  readonly stamp: string;
}

/** Adds `.service` to a name without a suffix. */
export function completeName(name: string): string {
  return UNIT_SUFFIXES.some((suffix) => name.endsWith(`.${suffix}`)) ? name : `${name}.service`;
}

/** `foo@.service` for `foo@bar.service`. */
function templateOf(name: string): string | undefined {
  const match = /^([^@]+@)[^.]+(\.[a-z]+)$/.exec(name);
  return match ? `${match[1]}${match[2]}` : undefined;
}

/** The path of a unit's main file, or undefined. */
export function findUnitFile(sys: Sys, name: string): string | undefined {
  for (const candidate of [name, templateOf(name)]) {
    if (candidate === undefined) continue;
    const directory = UNIT_PATHS.find((path) => isNamed(sys, `${path}/${candidate}`));
    if (directory) return `${directory}/${candidate}`;
  }
  return undefined;
}

/** Where a file leads; undefined for a link to nowhere. */
export function realPathOf(sys: Sys, path: string): string | undefined {
  try {
    return sys.realPath(path);
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

/** A unit file is a mask when it is empty or a link to /dev/null. */
export function isMask(sys: Sys, path: string): boolean {
  const real = realPathOf(sys, path);
  if (real === '/dev/null') return true;
  try {
    return real !== undefined && sys.stat(real).size === 0;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** The drop-in files of a unit in the order they are read: by file name, `/etc` hiding the same name elsewhere. */
function dropInsOf(sys: Sys, name: string): string[] {
  const byName = new Map<string, string>();
  const [, kind = ''] = /\.([a-z]+)$/.exec(name) ?? [];
  for (const directory of [`${name}.d`, templateOf(name) && `${templateOf(name)}.d`, `${kind}.d`]) {
    if (!directory) continue;
    for (const base of UNIT_PATHS) {
      for (const file of namesIn(sys, `${base}/${directory}`)) {
        if (file.endsWith('.conf') && !byName.has(file)) byName.set(file, `${base}/${directory}/${file}`);
      }
    }
  }
  return [...byName].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, path]) => path);
}

/** The names in a directory; none when it cannot be read. */
export function namesIn(sys: Sys, path: string): string[] {
  try {
    return sys
      .readDirectory(path)
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function stampOf(sys: Sys, paths: readonly string[]): string {
  return paths
    .map((path) => {
      try {
        const { modified, size, inode } = sys.stat(path);
        return `${path} ${modified} ${size} ${inode}`;
      } catch (error) {
        if (isErrno(error)) return `${path} -`;
        throw error;
      }
    })
    .join('\n');
}

/** The stamp that loading now would give: differs from a loaded unit's when its files changed on disk. */
export function currentStamp(sys: Sys, name: string): string {
  const path = findUnitFile(sys, name);
  return stampOf(sys, [...(path ? [path] : []), ...dropInsOf(sys, name)]);
}

/** Reads a unit from its files. */
export function loadUnit(sys: Sys, asked: string): LoadedUnit {
  const path = findUnitFile(sys, asked);
  const none = {
    name: asked,
    path,
    dropIns: [],
    settings: new Settings([]),
    complaints: [],
    stamp: currentStamp(sys, asked),
  };
  if (path === undefined) return { ...none, state: 'not-found' };
  if (isMask(sys, path)) return { ...none, state: 'masked' };
  const real = realPathOf(sys, path);
  if (real === undefined) return { ...none, state: 'not-found' };
  const realName = real.split('/').at(-1) ?? asked;
  // A link between unit files gives the unit another name; a link to a file elsewhere only says where it lies.
  const name = realName !== asked && realName !== templateOf(asked) && findUnitFile(sys, realName) ? realName : asked;
  const dropIns = dropInsOf(sys, name);
  const assignments: Assignment[] = [];
  const complaints: (Complaint & { path: string })[] = [];
  for (const file of [real, ...dropIns]) {
    const parsed = parseUnitFile(readText(sys, file));
    assignments.push(...parsed.assignments);
    complaints.push(...parsed.complaints.map((complaint) => ({ ...complaint, path: file })));
  }
  const settings = new Settings(assignments);
  const state = isBad(name, settings) ? 'bad-setting' : 'loaded';
  return { state, name, path: real, dropIns, settings, complaints, stamp: currentStamp(sys, name) };
}

/** A service needs a command that can be: an absolute path, or a plain name to look for. */
function isBad(name: string, settings: Settings): boolean {
  if (!name.endsWith('.service')) return false;
  const starts = settings.list('Service', 'ExecStart');
  const type = settings.get('Service', 'Type');
  if (starts.length === 0) return settings.list('Service', 'ExecStop').length === 0 || type !== 'oneshot';
  return starts.length > 1 && type !== 'oneshot';
}

function readText(sys: Sys, path: string): string {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}
