import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { askJournal, askManager } from '../systemd/client.js';
import { completeName } from '../systemd/load-unit.js';
import { page } from '../systemd/pager.js';
import type { UnitView } from '../systemd/protocol.js';
import { styleOf } from '../systemd/style.js';
import { formatAgo, formatInstant } from '../systemd/time-span.js';
import { reloadWarning } from './jobs.js';
import { matchUnits } from './match.js';
import type { Options } from './options.js';
import { statusText } from './status.js';

const LOG_LINES = 10;

/** status: state, processes and last log lines of units; without units, of the machine. */
export function* status(sys: Sys, options: Options): Waiting<number> {
  if (options.operands.length === 0) return yield* systemStatus(sys);
  let worst = 0;
  let text = '';
  for (const [at, name] of (yield* matchUnits(sys, options.operands)).entries()) {
    const unit = yield* askManager(sys, 'unit', { unit: name });
    if (unit.load === 'not-found' && unit.active === 'inactive') {
      yield* printError(sys, `Unit ${name} could not be found.\n`);
      worst = 4;
      continue;
    }
    if (unit.needsReload) yield* printError(sys, reloadWarning(unit.name));
    const { entries, boot } = yield* askJournal(sys, 'read', { after: 0, wait: false });
    const count = Number(options.value('lines') ?? LOG_LINES);
    const own = entries.filter(
      (entry) => entry.boot === boot && (entry.unit === unit.name || entry.about === unit.name),
    );
    const style = styleOf(sys);
    const shown = options.has('full') ? { ...style, columns: undefined } : style;
    text += `${at > 0 ? '\n' : ''}${statusText(unit, count === 0 ? [] : own.slice(-count), sys.now(), shown)}`;
    if (unit.active !== 'active' && worst === 0) worst = unit.active === 'activating' ? 3 : 3;
  }
  if (text !== '') yield* page(sys, text, { pager: !options.has('no-pager') });
  return worst;
}

function* systemStatus(sys: Sys): Waiting<number> {
  const { state, units, failed, booted } = yield* askManager(sys, 'state', {});
  const rows: readonly [string, string][] = [
    ['State', state],
    ['Units', `${units} loaded (incl. loaded aliases)`],
    ['Jobs', '0 queued'],
    ['Failed', `${failed} units`],
    ['Since', `${formatInstant(booted)}; ${formatAgo(booted, sys.now())}`],
    ['systemd', '255.4-1ubuntu8.10'],
  ];
  yield* print(
    sys,
    `● ${sys.hostname()}\n${rows.map(([name, text]) => `${`${name}:`.padStart(11)} ${text}\n`).join('')}`,
  );
  return 0;
}

/** cat: the unit's file and drop-ins, each under its path. */
export function* cat(sys: Sys, options: Options): Waiting<number> {
  let text = '';
  for (const name of yield* matchUnits(sys, options.operands)) {
    const unit = yield* askManager(sys, 'unit', { unit: name });
    if (unit.load === 'masked') {
      text += `# Unit ${name} is masked.\n`;
      continue;
    }
    if (unit.path === undefined) {
      yield* printError(sys, `No files found for ${name}.\n`);
      return 1;
    }
    for (const path of [unit.path, ...unit.dropIns]) {
      if (text !== '') text += '\n';
      text += `# ${path}\n${readText(sys, path)}`;
    }
    if (unit.needsReload) yield* printError(sys, reloadWarning(unit.name));
  }
  yield* page(sys, text, { pager: !options.has('no-pager') });
  return 0;
}

function readText(sys: Sys, path: string): string {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}

const stamp = (instant: number | undefined) => (instant === undefined ? '' : formatInstant(instant));
const yesNo = (value: boolean) => (value ? 'yes' : 'no');

/** The properties of `show`, in the order it prints them. */
const PROPERTIES: Readonly<Record<string, (unit: UnitView) => string | undefined>> = {
  Type: ({ type, name }) => (name.endsWith('.service') ? type : undefined),
  Restart: ({ settings, name }) => (name.endsWith('.service') ? (settings['Restart']?.at(-1) ?? 'no') : undefined),
  NRestarts: ({ restarts }) => `${restarts}`,
  MainPID: ({ mainPid }) => `${mainPid ?? 0}`,
  Result: ({ result }) => result,
  ExecMainPID: ({ mainPid, mainExit }) => `${mainPid ?? mainExit?.pid ?? 0}`,
  ExecMainCode: ({ mainExit }) => (mainExit ? (mainExit.code === 'exited' ? '1' : '2') : '0'),
  ExecMainStatus: ({ mainExit }) => (mainExit?.code === 'exited' ? (mainExit.status.split('/')[0] ?? '0') : '0'),
  ExecStart: ({ settings }) =>
    settings['ExecStart']
      ?.map((line) => `{ path=${line.split(' ')[0]} ; argv[]=${line} ; ignore_errors=no }`)
      .join('\n'),
  Environment: ({ settings }) => settings['Environment']?.join(' '),
  EnvironmentFiles: ({ settings }) =>
    settings['EnvironmentFile']
      ?.map((path) => `${path.replace(/^-/, '')} (ignore_errors=${yesNo(path.startsWith('-'))})`)
      .join('\n'),
  Id: ({ name }) => name,
  Names: ({ name }) => name,
  Requires: ({ settings }) => settings['Requires']?.join(' '),
  Wants: ({ settings }) => settings['Wants']?.join(' '),
  Before: ({ settings }) => settings['Before']?.join(' '),
  After: ({ settings }) => settings['After']?.join(' '),
  Documentation: ({ documentation }) => documentation.join(' '),
  Description: ({ description }) => description,
  LoadState: ({ load }) => load,
  ActiveState: ({ active }) => active,
  SubState: ({ sub }) => sub,
  FragmentPath: ({ path }) => path ?? '',
  DropInPaths: ({ dropIns }) => dropIns.join(' '),
  UnitFileState: ({ fileState }) => fileState,
  UnitFilePreset: ({ fileState }) => (fileState === '' ? '' : 'enabled'),
  StateChangeTimestamp: ({ since }) => stamp(since),
  ActiveEnterTimestamp: ({ activeSince }) => stamp(activeSince),
  InactiveEnterTimestamp: ({ inactiveSince }) => stamp(inactiveSince),
  NeedDaemonReload: ({ needsReload }) => yesNo(needsReload),
  InvocationID: ({ invocation }) => invocation,
};

/** show: properties of units, one a line. */
export function* show(sys: Sys, options: Options): Waiting<number> {
  const asked = [...options.values('property'), ...options.values('P')];
  const bare = options.has('value') || options.has('P');
  const names = options.operands.length === 0 ? ['init.scope'] : yield* matchUnits(sys, options.operands);
  const blocks: string[] = [];
  for (const name of names) {
    const unit = yield* askManager(sys, 'unit', { unit: name });
    const shown = asked.length > 0 ? asked.filter((property) => property in PROPERTIES) : Object.keys(PROPERTIES);
    const lines = shown.flatMap((property) => {
      const value = PROPERTIES[property]?.(unit);
      if (value === undefined || (value === '' && asked.length === 0 && !options.has('all'))) return [];
      return [bare ? value : `${property}=${value}`];
    });
    blocks.push(lines.map((line) => `${line}\n`).join(''));
  }
  yield* page(sys, blocks.join('\n'), { pager: !options.has('no-pager') });
  return 0;
}

/** is-active and is-failed: one state a line. */
export function* isState(sys: Sys, options: Options, states: readonly string[]): Waiting<number> {
  let found = false;
  for (const unit of yield* matchUnits(sys, options.operands)) {
    const { active } = yield* askManager(sys, 'unit', { unit });
    if (states.includes(active)) found = true;
    if (!options.has('quiet')) yield* print(sys, `${active}\n`);
  }
  if (found) return 0;
  return states.includes('failed') ? 1 : 3;
}

/** is-enabled: one state a line. */
export function* isEnabled(sys: Sys, options: Options): Waiting<number> {
  const enabled = ['enabled', 'enabled-runtime', 'static', 'alias', 'indirect', 'generated'];
  let status = 1;
  for (const name of options.operands.map(completeName)) {
    const { fileState, load } = yield* askManager(sys, 'unit', { unit: name });
    const state = load === 'not-found' || fileState === '' ? 'not-found' : fileState;
    if (!options.has('quiet')) yield* print(sys, `${state}\n`);
    if (enabled.includes(state)) status = 0;
    else if (state === 'not-found' && status !== 0) status = 4;
  }
  return status;
}
