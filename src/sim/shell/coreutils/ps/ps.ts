import type { ProcessInfo, Program } from '../../../kernel/sys.js';
import { bytesToText } from '../../format/byte-text.js';
import { Accounts } from '../accounts.js';
import type { Context } from '../command.js';
import { command, Exit } from '../command.js';
import { meminfo } from '../free.js';
import { processesByNumber, processName } from '../process-list.js';
import type { PsRequest } from './arguments.js';
import { readPsArguments } from './arguments.js';
import type { PsColumn, PsFacts } from './columns.js';
import { compareBy, psColumn } from './columns.js';

const LAYOUTS: Readonly<Record<Exclude<PsRequest['layout'], 'custom'>, readonly string[]>> = {
  plain: ['pid', 'tty', 'time', 'comm'],
  full: ['user', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'cmd'],
  long: ['s', 'uid', 'pid', 'ppid', 'c', 'pri', 'ni', 'vsz', 'wchan', 'tty', 'time', 'comm'],
  user: ['user', 'pid', 'pcpu', 'pmem', 'vsz', 'rss', 'tty', 'stat', 'start', 'bsdtime', 'args'],
  bsd: ['pid', 'tty', 'stat', 'bsdtime', 'args'],
  jobs: ['pid', 'pgid', 'sid', 'tty', 'time', 'comm'],
};

/** `ps`: which processes there are. */
export const ps: Program = command(
  {
    name: 'ps',
    usage: '[options]',
    summary: 'Report a snapshot of the current processes.',
    version: 'from procps-ng 4.0.2',
    inOrder: true,
    legacy: (word) => (word === '--help' || word === '--version' ? undefined : { key: 'word', value: word, as: '' }),
  },
  (context) => {
    const request = readPsArguments(context, [...context.options.values('word'), ...context.operands]);
    const facts = factsOf(context);
    const found = processesByNumber(context.sys).filter(chooser(context, request, facts.accounts));
    const { processes, depth } = arranged(found, request, facts);
    const indented: PsFacts = {
      ...facts,
      indent: (process) =>
        depth.get(process.pid) ? `${'    '.repeat((depth.get(process.pid) as number) - 1)} \\_ ` : '',
    };
    print(context, processes, columnsOf(context, request), request, indented);
    return found.length > 0 ? 0 : 1;
  },
);

/** What ps and top know of the machine. */
export function factsOf(context: Context): PsFacts {
  return {
    context,
    accounts: new Accounts(context.sys),
    memoryKibibytes: meminfo(context).get('MemTotal') ?? 1,
    memory: (process) => memoryOf(context, process.pid),
    indent: () => '',
  };
}

function memoryOf(context: Context, pid: number): { size: number; resident: number } {
  try {
    const text = bytesToText(context.sys.readFile(`/proc/${pid}/status`));
    const number = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
    return { size: number('VmSize'), resident: number('VmRSS') };
  } catch {
    return { size: 0, resident: 0 };
  }
}

function chooser(context: Context, request: PsRequest, accounts: Accounts): (process: ProcessInfo) => boolean {
  const own = context.sys.processes().find(({ pid }) => pid === context.sys.pid);
  const users = request.users?.map((name) => accounts.findUid(name));
  const lists: ((process: ProcessInfo) => boolean)[] = [];
  if (request.pids) lists.push(({ pid }) => (request.pids as number[]).includes(pid));
  if (request.parents) lists.push(({ parent }) => (request.parents as number[]).includes(parent));
  if (request.names) lists.push((process) => (request.names as string[]).includes(processName(process)));
  if (users) lists.push(({ uid }) => users.includes(uid));
  if (request.terminals)
    lists.push(({ terminal }) =>
      (request.terminals as string[]).some((name) => terminal === name || terminal === `pts/${name}`),
    );
  return (process) => {
    if (request.running && process.state !== 'R') return false;
    if (request.everyone && !request.withoutTerminal) return true;
    if (request.withoutTerminal) return process.terminal !== undefined && process.session !== process.pid;
    if (lists.length > 0) return lists.some((test) => test(process));
    return process.terminal === own?.terminal && (process.uid === own?.uid || !request.onlyOwn);
  };
}

/** In the wished order; in a forest children stand below their parents. */
function arranged(
  found: readonly ProcessInfo[],
  request: PsRequest,
  facts: PsFacts,
): { processes: ProcessInfo[]; depth: Map<number, number> } {
  const depth = new Map<number, number>();
  let processes = [...found];
  for (const key of request.sort.toReversed()) {
    const compare = compareBy(key.replace(/^[-+]/, ''), facts);
    processes = processes.toSorted((left, right) =>
      key.startsWith('-') ? compare(right, left) : compare(left, right),
    );
  }
  if (!request.forest) return { processes, depth };
  const shown = new Set(processes.map(({ pid }) => pid));
  const result: ProcessInfo[] = [];
  const add = (process: ProcessInfo, level: number) => {
    depth.set(process.pid, level);
    result.push(process);
    for (const child of processes) if (child.parent === process.pid && child.pid !== process.pid) add(child, level + 1);
  };
  for (const process of processes) if (!shown.has(process.parent)) add(process, 0);
  return { processes: result, depth };
}

function columnsOf(context: Context, request: PsRequest): PsColumn[] {
  if (request.layout !== 'custom') {
    return LAYOUTS[request.layout].map((name) => {
      const column = psColumn(name) as PsColumn;
      if (request.layout === 'full' && name === 'user') return { ...column, heading: 'UID' };
      if (request.layout === 'user' && name === 'start')
        return { ...(psColumn('stime') as PsColumn), heading: 'START' };
      if (name === 'comm') return { ...column, heading: 'CMD', width: 0 };
      return column;
    });
  }
  return request.columns.map(({ name, heading }) => {
    const column = psColumn(name);
    if (!column) {
      context.output.add(
        2,
        `error: unknown user-defined format specifier "${name}"\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n`,
      );
      throw new Exit(1);
    }
    return heading === undefined ? column : { ...column, heading };
  });
}

function print(
  context: Context,
  processes: readonly ProcessInfo[],
  columns: readonly PsColumn[],
  request: PsRequest,
  facts: PsFacts,
): void {
  const screen = request.wide ? undefined : context.sys.windowSize(1)?.columns;
  const line = (cells: readonly string[]) => {
    const padded = cells.map((cell, index) => {
      const { width, left } = columns[index] as PsColumn;
      const room = Math.max(width, (columns[index] as PsColumn).heading.length);
      if (index === cells.length - 1 && (left || width === 0)) return cell;
      return left ? cell.padEnd(room) : cell.padStart(room);
    });
    const text = padded.join(' ');
    context.print(`${screen ? text.slice(0, screen) : text}\n`);
  };
  if (request.headings && columns.some(({ heading }) => heading !== '')) line(columns.map(({ heading }) => heading));
  for (const process of processes) line(columns.map((column) => column.value(process, facts)));
}
