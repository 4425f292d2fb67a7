import type { Signal } from '../../kernel/signals.js';
import { signalByName } from '../../kernel/signals.js';
import type { ExitStatus } from '../../kernel/sys.js';
import type { ExitView, Result } from './protocol.js';
import type { Unit } from './unit.js';

/** Names of exit statuses as `systemd-analyze exit-status` lists them. */
const NAMES: Readonly<Record<number, string>> = {
  0: 'SUCCESS',
  1: 'FAILURE',
  2: 'INVALIDARGUMENT',
  3: 'NOTIMPLEMENTED',
  4: 'NOPERMISSION',
  5: 'NOTINSTALLED',
  6: 'NOTCONFIGURED',
  7: 'NOTRUNNING',
  200: 'CHDIR',
  203: 'EXEC',
  209: 'STDOUT',
  216: 'GROUP',
  217: 'USER',
  233: 'RUNTIME_DIRECTORY',
};

/** How an end is worded: `code=exited, status=1/FAILURE`. */
export function exitView(pid: number, setting: string, text: string, status: ExitStatus): ExitView {
  if ('signal' in status) return { pid, setting, text, code: status.core ? 'dumped' : 'killed', status: status.signal };
  const name = NAMES[status.code];
  return { pid, setting, text, code: 'exited', status: name ? `${status.code}/${name}` : `${status.code}/n/a` };
}

const CLEAN_SIGNALS: readonly Signal[] = ['HUP', 'INT', 'TERM', 'PIPE'];

/** Whether a service may end so without having failed: status 0, four signals, and what the unit adds. */
export function isClean(unit: Unit, status: ExitStatus): boolean {
  return (
    ('code' in status ? status.code === 0 : CLEAN_SIGNALS.includes(status.signal)) ||
    listed(unit, 'SuccessExitStatus', status)
  );
}

/** Whether a status is among those a setting lists, by number or by signal name. */
function listed(unit: Unit, setting: string, status: ExitStatus): boolean {
  return unit.loaded.settings.words('Service', setting).some((word) => {
    if ('code' in status) return Number(word) === status.code || word === NAMES[status.code];
    return signalByName(word) === status.signal && !/^\d+$/.test(word);
  });
}

/** An end in the words of a log line. */
export function wordsOf(pid: number, status: ExitStatus): string {
  const view = exitView(pid, '', '', status);
  return `code=${view.code}, status=${view.status}`;
}

/** What an unclean end makes of a unit. */
export function resultOf(status: ExitStatus): Result {
  if ('code' in status) return 'exit-code';
  return status.core ? 'core-dump' : 'signal';
}

/** systemd.service(5)'s table of Restart= settings. */
export function restarts(unit: Unit, status: ExitStatus, clean: boolean): boolean {
  if (listed(unit, 'RestartPreventExitStatus', status)) return false;
  switch (unit.loaded.settings.get('Service', 'Restart') ?? 'no') {
    case 'always':
      return true;
    case 'on-success':
      return clean;
    case 'on-failure':
      return !clean;
    case 'on-abnormal':
    case 'on-abort':
      return !clean && 'signal' in status;
    default:
      return false;
  }
}
