import { capabilityMask } from '../../kernel/capabilities.js';
import { SECOND } from '../../kernel/time.js';
import { mountLines } from './mount-lines.js';
import type { ProcessView } from './process-table.js';

/** What the machine adds to what a process knows of itself. */
export interface ProcContext {
  /** Instant of the last boot. */
  readonly booted: () => number;
}

const STATES = { R: 'running', S: 'sleeping', T: 'stopped', Z: 'zombie' } as const;
const TICKS_PER_SECOND = 100;
const NO_CAPABILITIES = '0000000000000000';

const ticks = (micros: number) => Math.floor((micros * TICKS_PER_SECOND) / SECOND);

/** The name of a process as `comm` has it: the program's file name, 15 bytes at most. */
function commandName(process: ProcessView): string {
  const first = process.args[0] ?? '';
  return (first.split('/').at(-1) ?? '').replace(/^-/, '').slice(0, 15);
}

function statusText(process: ProcessView): string {
  const { uid, gid, state } = process;
  const bounding = capabilityMask(process.bounding);
  const capabilities = uid === 0 ? bounding : NO_CAPABILITIES;
  const rows: readonly [string, string][] = [
    ['Name', commandName(process)],
    ['Umask', process.umask.toString(8).padStart(4, '0')],
    ['State', `${state} (${STATES[state]})`],
    ['Tgid', `${process.pid}`],
    ['Ngid', '0'],
    ['Pid', `${process.pid}`],
    ['PPid', `${process.parent}`],
    ['TracerPid', '0'],
    ['Uid', `${uid}\t${uid}\t${uid}\t${uid}`],
    ['Gid', `${gid}\t${gid}\t${gid}\t${gid}`],
    ['FDSize', '256'],
    ['Groups', `${process.groups.join(' ')} `],
    ['NStgid', `${process.pid}`],
    ['NSpid', `${process.pid}`],
    ['NSpgid', `${process.group}`],
    ['NSsid', `${process.session}`],
    ['VmPeak', kibibytes(process.sizeKibibytes)],
    ['VmSize', kibibytes(process.sizeKibibytes)],
    ['VmRSS', kibibytes(process.residentKibibytes)],
    ['VmSwap', kibibytes(0)],
    ['Threads', '1'],
    ['CapInh', NO_CAPABILITIES],
    ['CapPrm', capabilities],
    ['CapEff', capabilities],
    ['CapBnd', bounding],
    ['CapAmb', NO_CAPABILITIES],
    ['NoNewPrivs', process.noNewPrivileges ? '1' : '0'],
    ['Seccomp', `${process.seccomp}`],
    ['Seccomp_filters', process.seccomp === 0 ? '0' : '1'],
  ];
  return rows.map(([name, value]) => `${name}:\t${value}\n`).join('');
}

function kibibytes(size: number): string {
  return `${String(size).padStart(8)} kB`;
}

function statText(process: ProcessView, context: ProcContext): string {
  const { terminal } = process;
  const device = terminal ? (136 << 8) + terminal.number : 0;
  const fields = [
    process.pid,
    `(${commandName(process)})`,
    process.state,
    process.parent,
    process.group,
    process.session,
    device,
    terminal ? terminal.foreground : -1,
    4194304,
    ...[0, 0, 0, 0],
    ticks(process.cpu),
    ...[0, 0, 0, 20, 0, 1, 0],
    ticks(Math.max(0, process.started - context.booted())),
    process.sizeKibibytes * 1024,
    Math.floor(process.residentKibibytes / 4),
    '18446744073709551615',
    ...new Array(27).fill(0),
  ];
  return `${fields.join(' ')}\n`;
}

const LIMIT_ROWS: readonly [string, string, string, string][] = [
  ['Max cpu time', 'unlimited', 'unlimited', 'seconds'],
  ['Max file size', 'unlimited', 'unlimited', 'bytes'],
  ['Max stack size', '8388608', 'unlimited', 'bytes'],
  ['Max core file size', '0', 'unlimited', 'bytes'],
  ['Max processes', '512', '512', 'processes'],
  ['Max open files', '1024', '1048576', 'files'],
  ['Max address space', 'unlimited', 'unlimited', 'bytes'],
];

function limitsText(): string {
  const head = ['Limit', 'Soft Limit', 'Hard Limit', 'Units'] as const;
  const line = ([name, soft, hard, units]: readonly [string, string, string, string]) =>
    `${name.padEnd(25)} ${soft.padEnd(20)} ${hard.padEnd(20)} ${units.padEnd(9)} \n`;
  return [head, ...LIMIT_ROWS].map(line).join('');
}

/** A file of /proc/<pid>: its text, and the mode when not everybody may read it. */
export interface ProcessFile {
  readonly text: (process: ProcessView, context: ProcContext) => string;
  readonly mode?: number;
}

/** The files of /proc/<pid>, in alphabetical order. */
export const PROCESS_FILES: Readonly<Record<string, ProcessFile>> = {
  cgroup: { text: (process) => `0::${process.cgroup}\n` },
  cmdline: { text: (process) => process.args.map((arg) => `${arg}\0`).join('') },
  comm: { text: (process) => `${commandName(process)}\n` },
  environ: {
    text: (process) => Array.from(process.environment, ([name, value]) => `${name}=${value}\0`).join(''),
    mode: 0o400,
  },
  limits: { text: limitsText },
  mounts: { text: (process) => mountLines(process.files) },
  oom_score: { text: () => '0\n' },
  oom_score_adj: { text: ({ oomScoreAdjust }) => `${oomScoreAdjust}\n` },
  stat: { text: statText },
  statm: {
    text: ({ sizeKibibytes, residentKibibytes }) =>
      `${Math.floor(sizeKibibytes / 4)} ${Math.floor(residentKibibytes / 4)} 0 0 0 0 0\n`,
  },
  status: { text: statusText },
};
