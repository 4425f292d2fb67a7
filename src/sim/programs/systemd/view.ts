import type { Sys } from '../../kernel/sys.js';
import { controlGroupOf, processesOf } from './control-group.js';
import { expandSpecifiers } from './exec-line.js';
import { NoUnitFile, unitFileState } from './install.js';
import { currentStamp } from './load-unit.js';
import type { UnitView } from './protocol.js';
import type { Unit } from './unit.js';

/** Settings that `systemctl show` can tell beside the state. */
const SHOWN: readonly (readonly [section: string, key: string])[] = [
  ['Service', 'Restart'],
  ['Service', 'ExecStart'],
  ['Service', 'ExecStartPre'],
  ['Service', 'Environment'],
  ['Service', 'EnvironmentFile'],
  ['Service', 'User'],
  ['Unit', 'Requires'],
  ['Unit', 'Wants'],
  ['Unit', 'After'],
  ['Unit', 'Before'],
];

/** A unit as systemctl gets it. */
export function unitView(sys: Sys, unit: Unit): UnitView {
  const { loaded } = unit;
  const processes = processesOf(sys, unit);
  const group = sys.controlGroups().find(controlGroupOf(unit));
  const main = processes.find(({ pid }) => pid === unit.mainPid);
  const text = (value: string) => expandSpecifiers(value, unit.name, sys.hostname());
  return {
    name: unit.name,
    description: text(unit.description),
    documentation: loaded.settings.words('Unit', 'Documentation'),
    load: loaded.state,
    path: loaded.path,
    dropIns: loaded.dropIns,
    fileState: fileStateOf(sys, unit.name),
    active: unit.active,
    sub: unit.sub,
    result: unit.result,
    since: unit.since,
    activeSince: unit.activeSince,
    inactiveSince: unit.inactiveSince,
    mainPid: unit.mainPid,
    mainName: main && nameOf(main.args),
    mainExit: unit.mainExit,
    exits: unit.exits,
    processes: processes.map(({ pid, args }) => ({ pid, command: args.join(' ') })),
    memory: group?.memory ?? 0,
    memoryPeak: group?.memoryPeak ?? 0,
    cpu: unit.cpuEnded + processes.reduce((sum, { cpu }) => sum + cpu, 0),
    restarts: unit.restarts,
    needsReload: currentStamp(sys, unit.name) !== loaded.stamp,
    invocation: unit.invocation,
    type: unit.type,
    conditionFailed: unit.conditionFailed,
    conditionTime: unit.conditionTime,
    settings: Object.fromEntries(SHOWN.map(([section, key]) => [key, loaded.settings.list(section, key)])),
  };
}

function nameOf(args: readonly string[]): string {
  return (args[0] ?? '').split('/').at(-1)?.replace(/^-/, '').replace(/:.*/, '').slice(0, 15) ?? '';
}

function fileStateOf(sys: Sys, name: string): string {
  try {
    return unitFileState(sys, name);
  } catch (error) {
    if (error instanceof NoUnitFile) return '';
    throw error;
  }
}
