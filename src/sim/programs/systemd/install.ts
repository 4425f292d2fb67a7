import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import {
  completeName,
  findUnitFile,
  isMask,
  loadUnit,
  namesIn,
  realPathOf,
  UNIT_PATHS,
  UNIT_SUFFIXES,
} from './load-unit.js';
import type { Installation, UnitFileView } from './protocol.js';

const CONFIGURED = '/etc/systemd/system';

type Change = Installation['changes'][number];

/** A unit file that is asked for does not exist. */
export class NoUnitFile extends Error {
  readonly unit: string;

  constructor(unit: string) {
    super(`Unit file ${unit} does not exist.`);
    this.unit = unit;
  }
}

/** The links that enabling a unit makes, and the unit files each of them leads to. */
function wantedLinks(sys: Sys, name: string): { path: string; target: string }[] {
  const unit = loadUnit(sys, name);
  const target = unit.path ?? findUnitFile(sys, name) ?? '';
  const { settings } = unit;
  const into = (key: string, directory: string) =>
    settings
      .words('Install', key)
      .map((other) => ({ path: `${CONFIGURED}/${completeName(other)}.${directory}/${name}`, target }));
  const aliases = settings.words('Install', 'Alias').map((alias) => ({ path: `${CONFIGURED}/${alias}`, target }));
  return [...aliases, ...into('WantedBy', 'wants'), ...into('RequiredBy', 'requires')];
}

function linkTarget(sys: Sys, path: string): string | undefined {
  try {
    return sys.readLink(path);
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

/** systemctl enable: makes the links of the units' [Install] sections. Throws `NoUnitFile`. */
export function enableUnits(sys: Sys, units: readonly string[]): Installation {
  const changes: Change[] = [];
  const noInstall: string[] = [];
  for (const name of withAlso(sys, units)) {
    const file = findUnitFile(sys, name);
    if (file === undefined) throw new NoUnitFile(name);
    const links = wantedLinks(sys, name);
    if (links.length === 0) noInstall.push(name);
    for (const { path, target } of links) {
      if (linkTarget(sys, path) === target) continue;
      makeLink(sys, target, path);
      changes.push({ kind: 'symlink', path, target });
    }
  }
  return { changes, noInstall };
}

function withAlso(sys: Sys, units: readonly string[]): string[] {
  const all = new Set<string>();
  const add = (name: string): void => {
    if (all.has(name)) return;
    all.add(name);
    for (const also of loadUnit(sys, name).settings.words('Install', 'Also')) add(also);
  };
  for (const unit of units) add(unit);
  return [...all];
}

function makeLink(sys: Sys, target: string, path: string): void {
  const directory = path.slice(0, path.lastIndexOf('/'));
  try {
    sys.makeDirectory(directory, 0o755);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  }
  if (linkTarget(sys, path) !== undefined) sys.unlink(path);
  sys.symlink(target, path);
}

/** systemctl disable: removes every link below /etc that leads to the units. Throws `NoUnitFile`. */
export function disableUnits(sys: Sys, units: readonly string[]): Installation {
  const changes: Change[] = [];
  for (const name of withAlso(sys, units)) {
    if (findUnitFile(sys, name) === undefined && linksTo(sys, name).length === 0) throw new NoUnitFile(name);
    for (const path of linksTo(sys, name)) {
      sys.unlink(path);
      changes.push({ kind: 'removed', path });
    }
  }
  return { changes, noInstall: [] };
}

/** Links below /etc/systemd/system that enable a unit: by its name in a directory, or as another name of it. */
function linksTo(sys: Sys, name: string): string[] {
  const found: string[] = [];
  const file = findUnitFile(sys, name);
  const real = file === undefined ? undefined : realPathOf(sys, file);
  for (const entry of namesIn(sys, CONFIGURED)) {
    const path = `${CONFIGURED}/${entry}`;
    if (/\.(?:wants|requires)$/.test(entry)) {
      if (linkTarget(sys, `${path}/${name}`) !== undefined) found.push(`${path}/${name}`);
    } else if (
      entry !== name &&
      entry !== 'default.target' &&
      linkTarget(sys, path) !== undefined &&
      real !== undefined &&
      realPathOf(sys, path) === real
    ) {
      found.push(path);
    }
  }
  return found;
}

/** systemctl mask: links the units to /dev/null. */
export function maskUnits(sys: Sys, units: readonly string[]): Installation | { conflict: string } {
  const changes: Change[] = [];
  for (const name of units) {
    const path = `${CONFIGURED}/${name}`;
    const old = linkTarget(sys, path);
    if (old === '/dev/null') continue;
    if (old === undefined && namesIn(sys, CONFIGURED).includes(name)) return { conflict: path };
    makeLink(sys, '/dev/null', path);
    changes.push({ kind: 'symlink', path, target: '/dev/null' });
  }
  return { changes, noInstall: [] };
}

/** systemctl unmask: removes links to /dev/null. */
export function unmaskUnits(sys: Sys, units: readonly string[]): Installation {
  const changes: Change[] = [];
  for (const name of units) {
    for (const base of UNIT_PATHS.slice(0, 2)) {
      const path = `${base}/${name}`;
      if (linkTarget(sys, path) !== '/dev/null') continue;
      sys.unlink(path);
      changes.push({ kind: 'removed', path });
    }
  }
  return { changes, noInstall: [] };
}

/** What is-enabled says of a unit. Throws `NoUnitFile`. */
export function unitFileState(sys: Sys, name: string): string {
  const file = findUnitFile(sys, name);
  if (file === undefined) throw new NoUnitFile(name);
  if (isMask(sys, file)) return file.startsWith('/run') ? 'masked-runtime' : 'masked';
  const { settings, name: real } = loadUnit(sys, name);
  if (real !== name && !/@\./.test(name)) return 'alias';
  if (linksTo(sys, name).length > 0) return 'enabled';
  const links = wantedLinks(sys, name);
  if (links.length > 0) return 'disabled';
  return settings.words('Install', 'Also').length > 0 ? 'indirect' : 'static';
}

/** Every unit file, with whether it is enabled; the preset of Ubuntu is to enable everything. */
export function unitFiles(sys: Sys): UnitFileView[] {
  const names = new Set(UNIT_PATHS.flatMap((path) => namesIn(sys, path)));
  const units = [...names].filter((name) => UNIT_SUFFIXES.some((suffix) => name.endsWith(`.${suffix}`))).sort();
  return units.flatMap((name) => {
    if (findUnitFile(sys, name) === undefined) return [];
    const state = unitFileState(sys, name);
    const preset = ['enabled', 'disabled', 'masked'].includes(state) ? 'enabled' : '-';
    return [{ name, state, preset }];
  });
}

/** systemctl set-default. Throws `NoUnitFile`. */
export function setDefault(sys: Sys, name: string): Installation {
  const target = findUnitFile(sys, name);
  if (target === undefined) throw new NoUnitFile(name);
  const path = `${CONFIGURED}/default.target`;
  if (linkTarget(sys, path) === target) return { changes: [], noInstall: [] };
  const removed: Change[] = linkTarget(sys, path) === undefined ? [] : [{ kind: 'removed', path }];
  makeLink(sys, target, path);
  return { changes: [...removed, { kind: 'symlink', path, target }], noInstall: [] };
}

/** The unit that the machine boots into. */
export function getDefault(sys: Sys): string {
  const file = findUnitFile(sys, 'default.target');
  const real = file === undefined ? undefined : realPathOf(sys, file);
  return real?.split('/').at(-1) ?? 'default.target';
}
