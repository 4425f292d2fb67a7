import type { Sys } from '../../kernel/sys.js';
import { completeName, namesIn, UNIT_PATHS } from './load-unit.js';
import type { Unit } from './unit.js';

const STRONG = ['Requires', 'BindsTo', 'Requisite'] as const;

/** Units that a unit wants or needs, by its file and by the `.wants` and `.requires` directories. */
export function pulledIn(sys: Sys, unit: Unit): string[] {
  return [
    ...new Set([...required(sys, unit), ...fromFile(unit, 'Wants'), ...fromDirectories(sys, unit.name, 'wants')]),
  ];
}

/** Units without which a unit does not start. */
export function required(sys: Sys, unit: Unit): string[] {
  return [...STRONG.flatMap((key) => fromFile(unit, key)), ...fromDirectories(sys, unit.name, 'requires')];
}

/** Units that stop when one of these stops. */
export function boundTo(unit: Unit): string[] {
  return [...STRONG, 'PartOf'].flatMap((key) => fromFile(unit, key));
}

function fromFile(unit: Unit, key: string): string[] {
  return unit.loaded.settings.words('Unit', key).map(completeName);
}

function fromDirectories(sys: Sys, name: string, kind: 'wants' | 'requires'): string[] {
  return UNIT_PATHS.flatMap((path) => namesIn(sys, `${path}/${name}.${kind}`));
}

/**
 * Whether `later` starts only after `earlier`: by After= and Before=, and for a target after all it pulls in
 * (systemd.target(5)), unless a unit says otherwise.
 */
export function comesAfter(sys: Sys, later: Unit, earlier: Unit): boolean {
  if (fromFile(later, 'After').includes(earlier.name) || fromFile(earlier, 'Before').includes(later.name)) return true;
  if (later.kind !== 'target' || fromFile(earlier, 'After').includes(later.name)) return isEarly(later, earlier);
  return pulledIn(sys, later).includes(earlier.name) || isEarly(later, earlier);
}

/** Everything but what brings the basic system up waits for the basic system. */
function isEarly(later: Unit, earlier: Unit): boolean {
  if (earlier.name !== 'basic.target' || later.kind !== 'service') return false;
  return (
    later.loaded.settings.flag('Unit', 'DefaultDependencies', true) &&
    !fromFile(later, 'Before').includes('sysinit.target')
  );
}
