import type { ProcessInfo } from '../../../kernel/sys.js';
import { SECOND } from '../../../kernel/time.js';
import { strftime } from '../../format/strftime.js';
import type { Accounts } from '../accounts.js';
import { civilMicros, zoneOfProcess } from '../clock.js';
import type { Context } from '../command.js';
import { processLine, processName } from '../process-list.js';

/** What columns need to know beside the process. */
export interface PsFacts {
  readonly context: Context;
  readonly accounts: Accounts;
  readonly memoryKibibytes: number;
  /** Sizes in KiB from /proc/<pid>/status. */
  memory(process: ProcessInfo): { size: number; resident: number };
  /** The indentation of a child in a forest. */
  indent(process: ProcessInfo): string;
}

/** A column of ps. Width 0: as wide as it needs, in the end of the line. */
export interface PsColumn {
  readonly heading: string;
  readonly width: number;
  readonly left?: boolean;
  value(process: ProcessInfo, facts: PsFacts): string;
}

const two = (value: number) => String(value).padStart(2, '0');

function clock(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const rest = `${two(Math.floor((seconds % 86_400) / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return days > 0 ? `${days}-${rest}` : rest;
}

function elapsed(seconds: number): string {
  const text = clock(seconds);
  return seconds < 3600 ? text.slice(-5) : text;
}

const cpuSeconds = (process: ProcessInfo) => Math.floor(process.cpu / SECOND);
const age = (process: ProcessInfo, { context }: PsFacts) =>
  Math.max(0, Math.floor((context.sys.now() - process.started) / SECOND));

/** Share of the time since it started, in percent. */
export function cpuPercent(process: ProcessInfo, facts: PsFacts): number {
  const span = facts.context.sys.now() - process.started;
  return span > 0 ? Math.min(99.9, (process.cpu * 100) / span) : 0;
}

/** Today a clock, else the day. */
function startText(process: ProcessInfo, { context }: PsFacts, format: string): string {
  const zone = zoneOfProcess(context.sys);
  const started = civilMicros(process.started, zone);
  const now = civilMicros(context.sys.now(), zone);
  if (started.year !== now.year) return strftime('%Y', started);
  return strftime(
    context.sys.now() - process.started < 86_400 * SECOND && started.yearDay === now.yearDay ? '%H:%M' : format,
    started,
  );
}

function stateText(process: ProcessInfo): string {
  const leader = process.session === process.pid ? 's' : '';
  return process.state + leader + (process.foreground ? '+' : '');
}

/** procps shows the number of a user whose name is too long. */
function userText(process: ProcessInfo, { accounts }: PsFacts): string {
  const name = accounts.userName(process.uid);
  return name.length <= 8 ? name : `${name.slice(0, 7)}+`;
}

const percent = (value: number) => value.toFixed(1);

const TABLE: Readonly<Record<string, PsColumn>> = {
  args: {
    heading: 'COMMAND',
    width: 0,
    left: true,
    value: (process, facts) => facts.indent(process) + processLine(process),
  },
  c: { heading: 'C', width: 2, value: (process, facts) => String(Math.floor(cpuPercent(process, facts))) },
  comm: {
    heading: 'COMMAND',
    width: 15,
    left: true,
    value: (process, facts) =>
      facts.indent(process) + processName(process) + (process.state === 'Z' ? ' <defunct>' : ''),
  },
  etime: { heading: 'ELAPSED', width: 11, value: (process, facts) => elapsed(age(process, facts)) },
  etimes: { heading: 'ELAPSED', width: 7, value: (process, facts) => String(age(process, facts)) },
  gid: {
    heading: 'GID',
    width: 5,
    value: (process, { accounts }) => String(accounts.user(process.uid)?.gid ?? process.uid),
  },
  group: {
    heading: 'GROUP',
    width: 8,
    left: true,
    value: (process, { accounts }) => accounts.groupName(accounts.user(process.uid)?.gid ?? process.uid),
  },
  lstart: {
    heading: 'STARTED',
    width: 24,
    value: (process, { context }) =>
      strftime('%a %b %e %H:%M:%S %Y', civilMicros(process.started, zoneOfProcess(context.sys))),
  },
  ni: { heading: 'NI', width: 3, value: () => '0' },
  pcpu: { heading: '%CPU', width: 4, value: (process, facts) => percent(cpuPercent(process, facts)) },
  pgid: { heading: 'PGID', width: 7, value: (process) => String(process.group) },
  pid: { heading: 'PID', width: 7, value: (process) => String(process.pid) },
  pmem: {
    heading: '%MEM',
    width: 4,
    value: (process, facts) => percent((facts.memory(process).resident * 100) / facts.memoryKibibytes),
  },
  ppid: { heading: 'PPID', width: 7, value: (process) => String(process.parent) },
  pri: { heading: 'PRI', width: 3, value: () => '19' },
  rss: { heading: 'RSS', width: 5, value: (process, facts) => String(facts.memory(process).resident) },
  s: { heading: 'S', width: 1, left: true, value: (process) => process.state },
  sid: { heading: 'SID', width: 7, value: (process) => String(process.session) },
  start: {
    heading: 'STARTED',
    width: 8,
    value: (process, facts) =>
      startText(process, facts, '  %b %d').replace(
        /^(\d\d:\d\d)$/,
        (time) => `${time}:${strftime('%S', civilMicros(process.started, zoneOfProcess(facts.context.sys)))}`,
      ),
  },
  stat: { heading: 'STAT', width: 4, left: true, value: stateText },
  stime: { heading: 'STIME', width: 5, left: true, value: (process, facts) => startText(process, facts, '%b%d') },
  time: { heading: 'TIME', width: 8, value: (process) => clock(cpuSeconds(process)) },
  tty: { heading: 'TTY', width: 8, left: true, value: (process) => process.terminal ?? '?' },
  uid: { heading: 'UID', width: 5, value: (process) => String(process.uid) },
  user: { heading: 'USER', width: 8, left: true, value: userText },
  vsz: { heading: 'VSZ', width: 6, value: (process, facts) => String(facts.memory(process).size) },
  wchan: { heading: 'WCHAN', width: 6, left: true, value: () => '-' },
  bsdtime: {
    heading: 'TIME',
    width: 6,
    value: (process) => `${Math.floor(cpuSeconds(process) / 60)}:${two(cpuSeconds(process) % 60)}`,
  },
};

const ALIASES: Readonly<Record<string, string>> = {
  '%cpu': 'pcpu',
  '%mem': 'pmem',
  cmd: 'args',
  command: 'args',
  cputime: 'time',
  egid: 'gid',
  egroup: 'group',
  euid: 'uid',
  euser: 'user',
  fname: 'comm',
  nice: 'ni',
  pgrp: 'pgid',
  rssize: 'rss',
  ruser: 'user',
  sess: 'sid',
  session: 'sid',
  state: 's',
  tname: 'tty',
  tt: 'tty',
  tty8: 'tty',
  ucmd: 'comm',
  ucomm: 'comm',
  uname: 'user',
  vsize: 'vsz',
};

/** A column by the name -o knows it by; aliases have their own headings. */
export function psColumn(name: string): PsColumn | undefined {
  const column = TABLE[ALIASES[name] ?? name];
  if (!column) return undefined;
  if (name === 'cmd') return { ...column, heading: 'CMD' };
  if (name === 'tt') return { ...column, heading: 'TT' };
  return column;
}

/** Compares two processes by a column: as numbers where the column has numbers. */
export function compareBy(name: string, facts: PsFacts): (left: ProcessInfo, right: ProcessInfo) => number {
  const key = ALIASES[name] ?? name;
  const numeric: Readonly<Record<string, (process: ProcessInfo) => number>> = {
    pcpu: (process) => cpuPercent(process, facts),
    pmem: (process) => facts.memory(process).resident,
    rss: (process) => facts.memory(process).resident,
    vsz: (process) => facts.memory(process).size,
    pid: (process) => process.pid,
    ppid: (process) => process.parent,
    uid: (process) => process.uid,
    time: (process) => process.cpu,
    etime: (process) => -process.started,
    etimes: (process) => -process.started,
    lstart: (process) => process.started,
    start: (process) => process.started,
    stime: (process) => process.started,
  };
  const value = numeric[key];
  if (value) return (left, right) => value(left) - value(right) || left.pid - right.pid;
  const column = psColumn(key);
  return (left, right) => {
    const [a, b] = [column?.value(left, facts) ?? '', column?.value(right, facts) ?? ''];
    return a < b ? -1 : a > b ? 1 : left.pid - right.pid;
  };
}
