import { print } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { askManager } from '../systemd/client.js';
import { page } from '../systemd/pager.js';
import type { UnitFileView, UnitView } from '../systemd/protocol.js';
import type { Style } from '../systemd/style.js';
import { paint, styleOf } from '../systemd/style.js';
import { layOut } from '../systemd/table.js';
import { fits } from './match.js';
import type { Options } from './options.js';
import { dotOf } from './status.js';

const LEGEND = `
Legend: LOAD   → Reflects whether the unit definition was properly loaded.
        ACTIVE → The high-level unit activation state, i.e. generalization of SUB.
        SUB    → The low-level unit activation state, values depend on unit type.

`;

function wanted(options: Options, unit: UnitView): boolean {
  const types = options.values('type');
  const states = options.has('failed') ? ['failed'] : options.values('state');
  const kind = unit.name.slice(unit.name.lastIndexOf('.') + 1);
  if (types.length > 0 && !types.includes(kind) && !types.includes(unit.load)) return false;
  if (states.length > 0 && ![unit.active, unit.sub, unit.load].some((state) => states.includes(state))) return false;
  return (
    options.operands.length === 0 ||
    options.operands.some((pattern) => fits(unit.name, pattern) || unit.name === `${pattern}.service`)
  );
}

/** list-units: what is loaded, as a table. */
export function* listUnits(sys: Sys, options: Options): Waiting<number> {
  const all = options.has('all') || options.values('state').length > 0;
  const units = (yield* askManager(sys, 'units', { all })).filter((unit) => wanted(options, unit));
  units.sort((one, other) => compareUnits(one.name, other.name));
  const style = styleOf(sys);
  const plain = options.has('plain');
  const rows = units.map((unit) => rowOf(unit, plain));
  const header = ['UNIT', 'LOAD', 'ACTIVE', 'SUB', 'DESCRIPTION'];
  const legend = !options.has('no-legend');
  const head = plain ? header : [' ', ...header];
  const lines = layOut(legend ? [head, ...rows] : rows);
  let text = lines.map((line, at) => colored(line, legend ? units[at - 1] : units[at], plain, style)).join('');
  if (legend) text += footer(units.length, all, options);
  yield* page(sys, text, { pager: !options.has('no-pager') });
  return 0;
}

/** Units of one kind stand together, kinds in systemd's order. */
function compareUnits(one: string, other: string): number {
  const kinds = [
    'service',
    'mount',
    'swap',
    'socket',
    'target',
    'device',
    'automount',
    'timer',
    'path',
    'slice',
    'scope',
  ];
  const rank = (name: string) => kinds.indexOf(name.slice(name.lastIndexOf('.') + 1));
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

function rowOf(unit: UnitView, plain: boolean): string[] {
  const row = [unit.name, unit.load, unit.active, unit.sub, unit.description];
  const marked = unit.load !== 'loaded' || unit.active === 'failed';
  return plain ? row : [marked ? '●' : ' ', ...row];
}

function colored(line: string, unit: UnitView | undefined, plain: boolean, style: Style): string {
  if (!unit || plain) return `${line}\n`;
  return line.startsWith('●') ? `${paint(style, dotOf(unit).color, '●')}${line.slice(1)}\n` : `${line}\n`;
}

function footer(count: number, all: boolean, options: Options): string {
  const restricted = options.has('failed') || options.values('state').length > 0 || options.values('type').length > 0;
  const hint = all || (restricted && options.has('failed')) ? '' : ' Pass --all to see loaded but inactive units, too.';
  const listed = `${count} loaded units listed.${hint}\n`;
  const files = all || hint !== '' ? "To show all installed unit files use 'systemctl list-unit-files'.\n" : '';
  return `${count === 0 ? '\n' : LEGEND}${listed}${files}`;
}

/** list-unit-files: what is installed, as a table. */
export function* listUnitFiles(sys: Sys, options: Options): Waiting<number> {
  const types = options.values('type');
  const states = options.values('state');
  const files = (yield* askManager(sys, 'unit-files', {})).filter(
    ({ name, state }) =>
      (types.length === 0 || types.some((type) => name.endsWith(`.${type}`))) &&
      (states.length === 0 || states.includes(state)) &&
      (options.operands.length === 0 ||
        options.operands.some((pattern) => fits(name, pattern) || name === `${pattern}.service`)),
  );
  const rows = [...files].sort((one, other) => compareUnits(one.name, other.name)).map(fileRow);
  const legend = !options.has('no-legend');
  const lines = layOut(legend ? [['UNIT FILE', 'STATE', 'PRESET'], ...rows] : rows);
  const text = lines.map((line) => `${line}\n`).join('') + (legend ? `\n${files.length} unit files listed.\n` : '');
  if (options.has('quiet')) return 0;
  yield* page(sys, text, { pager: !options.has('no-pager') });
  return files.length === 0 && options.operands.length > 0 ? 1 : 0;
}

function fileRow({ name, state, preset }: UnitFileView): string[] {
  return [name, state, preset];
}

/** list-dependencies: what a unit brings with it, as a tree of one level. */
export function* listDependencies(sys: Sys, options: Options): Waiting<number> {
  const [unit = 'default.target'] = options.operands;
  const view = yield* askManager(sys, 'unit', { unit });
  const names = [...(view.settings['Requires'] ?? []), ...(view.settings['Wants'] ?? [])].flatMap((value) =>
    value.split(/\s+/),
  );
  let text = `${view.name}\n`;
  for (const [at, name] of names.entries()) {
    const { dot } = dotOf(yield* askManager(sys, 'unit', { unit: name }));
    text += `${dot} ${at === names.length - 1 ? '└─' : '├─'}${name}\n`;
  }
  yield* print(sys, text);
  return 0;
}
