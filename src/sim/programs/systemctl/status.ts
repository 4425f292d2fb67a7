import { SECOND } from '../../kernel/time.js';
import { formatShort } from '../journalctl/format.js';
import type { JournalEntry } from '../systemd/journal.js';
import type { ExitView, UnitView } from '../systemd/protocol.js';
import type { Color, Style } from '../systemd/style.js';
import { ellipsize, paint } from '../systemd/style.js';
import { formatAgo, formatInstant, formatSpan } from '../systemd/time-span.js';

/** The dot before a unit's name, by its state, and its colour. */
export function dotOf(unit: UnitView): { dot: string; color: Color | undefined } {
  if (unit.load === 'not-found' || unit.load === 'masked') return { dot: '○', color: undefined };
  switch (unit.active) {
    case 'active':
      return { dot: '●', color: 'green' };
    case 'failed':
      return { dot: '×', color: 'red' };
    case 'activating':
    case 'deactivating':
      return { dot: '●', color: 'yellow' };
    default:
      return { dot: '○', color: undefined };
  }
}

function row(label: string, text: string): string {
  return `${`${label}:`.padStart(12)} ${text}\n`;
}

function loadedText(unit: UnitView): string {
  switch (unit.load) {
    case 'not-found':
      return `not-found (Reason: Unit ${unit.name} not found.)`;
    case 'masked':
      return `masked (Reason: Unit ${unit.name} is masked.)`;
    case 'bad-setting':
      return `bad-setting (Reason: Unit ${unit.name} has a bad unit file setting.)`;
    default: {
      const preset = unit.fileState === 'enabled' || unit.fileState === 'disabled' ? '; preset: enabled' : '';
      return `loaded (${unit.path ?? ''}; ${unit.fileState}${preset})`;
    }
  }
}

function activeText(unit: UnitView, now: number, style: Style): string {
  const { color } = dotOf(unit);
  const sub = unit.sub === unit.active ? '' : ` (${unit.sub})`;
  const state = paint(style, color, `${unit.active}${sub}`);
  const result = unit.result === 'success' || unit.active === 'active' ? '' : ` (Result: ${unit.result})`;
  const since = unit.since === undefined ? '' : ` since ${formatInstant(unit.since)}; ${formatAgo(unit.since, now)}`;
  return `${state}${result}${since}`;
}

function exitText({ code, status }: ExitView): string {
  return code === 'exited' ? `(code=exited, status=${status})` : `(code=${code}, signal=${status})`;
}

function processRows(unit: UnitView): string {
  const running = unit.mainPid !== undefined;
  const shown = unit.exits.filter(({ setting }) => !running || setting !== 'ExecStart');
  const processes = shown
    .map((exit) => row('Process', `${exit.pid} ${exit.setting}=${exit.text} ${exitText(exit)}`))
    .join('');
  if (running) return processes + row('Main PID', `${unit.mainPid}${unit.mainName ? ` (${unit.mainName})` : ''}`);
  return processes + (unit.mainExit ? row('Main PID', `${unit.mainExit.pid} ${exitText(unit.mainExit)}`) : '');
}

/** Bytes as systemd writes them: one digit after the point, in the largest unit that fits (FORMAT_BYTES). */
function formatBytes(bytes: number): string {
  const units = ['K', 'M', 'G'] as const;
  const at = units.findLastIndex((_, power) => bytes >= 1024 ** (power + 1));
  return at < 0 ? `${bytes}B` : `${(Math.floor((bytes / 1024 ** (at + 1)) * 10) / 10).toFixed(1)}${units[at]}`;
}

function groupRows(unit: UnitView, style: Style): string {
  const { processes } = unit;
  if (processes.length === 0) return '';
  const tree = processes.map(({ pid, command }, at) => {
    const line = `${' '.repeat(13)}${at === processes.length - 1 ? '└─' : '├─'}${pid} ${command}`;
    return `${ellipsize(line, style.columns)}\n`;
  });
  return (
    row('Tasks', `${processes.length} (limit: 4557)`) +
    row('Memory', `${formatBytes(unit.memory)} (peak: ${formatBytes(unit.memoryPeak)})`) +
    row('CPU', formatSpan(unit.cpu)) +
    row('CGroup', `/system.slice/${unit.name}`) +
    tree.join('')
  );
}

function dropInRows({ dropIns }: UnitView): string {
  const directories = [...new Set(dropIns.map((path) => path.slice(0, path.lastIndexOf('/'))))];
  let label = 'Drop-In';
  let text = '';
  for (const directory of directories) {
    const names = dropIns
      .filter((path) => path.startsWith(`${directory}/`))
      .map((path) => path.slice(directory.length + 1));
    text += label === '' ? `${' '.repeat(13)}${directory}\n` : row(label, directory);
    text += `${' '.repeat(13)}└─${names.join(', ')}\n`;
    label = '';
  }
  return text;
}

/** A unit as `systemctl status` shows it, with the last lines of its log. */
export function statusText(unit: UnitView, log: readonly JournalEntry[], now: number, style: Style): string {
  const { dot, color } = dotOf(unit);
  const description = unit.description === unit.name ? '' : ` - ${unit.description}`;
  let text = `${paint(style, color, dot)} ${unit.name}${description}\n`;
  text += row('Loaded', loadedText(unit));
  text += dropInRows(unit);
  text += row('Active', activeText(unit, now, style));
  if (unit.active === 'inactive' || unit.active === 'failed') {
    const { activeSince, inactiveSince } = unit;
    if (activeSince !== undefined && inactiveSince !== undefined && inactiveSince > activeSince) {
      text += row('Duration', formatSpan(inactiveSince - activeSince));
    }
  }
  if (unit.conditionFailed !== undefined && unit.conditionTime !== undefined) {
    text += row(
      'Condition',
      `start condition unmet at ${formatInstant(unit.conditionTime)}; ${formatAgo(unit.conditionTime, now)}`,
    );
    text += `${' '.repeat(13)}└─ ${unit.conditionFailed} was not met\n`;
  }
  unit.documentation.forEach((document, at) => {
    text += at === 0 ? row('Docs', document) : `${' '.repeat(13)}${document}\n`;
  });
  text += processRows(unit);
  text += groupRows(unit, style);
  if (unit.processes.length === 0 && unit.cpu >= SECOND / 1000) text += row('CPU', formatSpan(unit.cpu));
  return text + logText(log, style);
}

function logText(log: readonly JournalEntry[], style: Style): string {
  if (log.length === 0) return '';
  let shortened = false;
  const lines = log.map((entry) => {
    const line = formatShort(entry);
    const shown = ellipsize(line, style.columns);
    if (shown !== line) shortened = true;
    const color: Color | undefined =
      entry.priority <= 3 ? 'red' : entry.priority === 4 ? 'yellow' : entry.priority === 5 ? 'bold' : undefined;
    return `${paint(style, color, shown)}\n`;
  });
  return `\n${lines.join('')}${shortened ? 'Hint: Some lines were ellipsized, use -l to show in full.\n' : ''}`;
}
