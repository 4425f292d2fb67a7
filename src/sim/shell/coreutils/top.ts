import type { ProcessInfo, Program } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { meminfo } from './free.js';
import { processesByNumber, processName } from './process-list.js';
import { cpuPercent } from './ps/columns.js';
import { factsOf } from './ps/ps.js';
import { uptimeLine } from './uptime.js';

/** `top`, in batch mode only: the busiest processes. */
export const top: Program = command(
  {
    name: 'top',
    usage: '-b [-n iterations] [-d seconds] [-p pid]',
    summary: 'Display processes, the busiest first.',
    version: 'from procps-ng 4.0.2',
    options: [
      'b batch-mode : plain text',
      'n iterations=NUMBER : so many times',
      'd delay=SECS : seconds between',
      'p pid=PIDLIST : only these',
      'o sort-override=FIELD : (ignored)',
      'c cmdline-toggle : command lines',
      'w width?COLUMNS : (ignored)',
      'H threads-show : (ignored)',
      'i idle-toggle : (ignored)',
      '1 single-cpu-toggle : (ignored)',
    ],
  },
  function* (context) {
    const { sys } = context;
    const iterations = Number(
      context.value('iterations') ?? (context.has('batch-mode') ? Number.POSITIVE_INFINITY : 1),
    );
    const delay = Number(context.value('delay') ?? 3);
    for (let round = 0; round < iterations; round += 1) {
      if (round > 0) {
        context.print('\n');
        yield* sys.sleep(Math.round(delay * SECOND));
      }
      show(context);
      yield* context.flush();
    }
    return 0;
  },
);

function show(context: Context): void {
  const facts = factsOf(context);
  const wanted = context.value('pid')?.split(',').map(Number);
  const processes = processesByNumber(context.sys).filter(({ pid }) => wanted === undefined || wanted.includes(pid));
  const count = (...states: string[]) => processes.filter(({ state }) => states.includes(state)).length;
  const memory = meminfo(context);
  const mebi = (name: string) => ((memory.get(name) ?? 0) / 1024).toFixed(1).padStart(8);
  const cache = ((((memory.get('Buffers') ?? 0) + (memory.get('Cached') ?? 0)) / 1024).toFixed(1) as string).padStart(
    8,
  );
  const used = (((memory.get('MemTotal') ?? 0) - (memory.get('MemAvailable') ?? 0)) / 1024).toFixed(1).padStart(8);
  const busy = Math.min(
    100,
    processes.reduce((sum, process) => sum + cpuPercent(process, facts), 0),
  );
  context.print(`top -${uptimeLine(context)}\n`);
  context.print(
    `Tasks: ${String(processes.length).padStart(3)} total, ${String(count('R')).padStart(3)} running, ${String(count('S')).padStart(3)} sleeping, ${String(count('T')).padStart(3)} stopped, ${String(count('Z')).padStart(3)} zombie\n`,
  );
  context.print(
    `%Cpu(s): ${busy.toFixed(1).padStart(4)} us,  0.0 sy,  0.0 ni, ${(100 - busy).toFixed(1).padStart(4)} id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st \n`,
  );
  context.print(
    `MiB Mem : ${mebi('MemTotal')} total, ${mebi('MemFree')} free, ${used} used, ${cache} buff/cache     \n`,
  );
  context.print(
    `MiB Swap: ${mebi('SwapTotal')} total, ${mebi('SwapFree')} free, ${'0.0'.padStart(8)} used. ${mebi('MemAvailable')} avail Mem \n\n`,
  );
  context.print('    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n');
  const sorted = processes.toSorted(
    (left, right) => cpuPercent(right, facts) - cpuPercent(left, facts) || left.pid - right.pid,
  );
  for (const process of sorted) context.print(`${row(context, process, facts)}\n`);
}

function row(context: Context, process: ProcessInfo, facts: ReturnType<typeof factsOf>): string {
  const { size, resident } = facts.memory(process);
  const hundredths = Math.floor(process.cpu / (SECOND / 100));
  const time = `${Math.floor(hundredths / 6000)}:${String(Math.floor(hundredths / 100) % 60).padStart(2, '0')}.${String(hundredths % 100).padStart(2, '0')}`;
  const name = context.has('cmdline-toggle') ? process.args.join(' ') : processName(process);
  const user = facts.accounts.userName(process.uid);
  return `${String(process.pid).padStart(7)} ${(user.length > 8 ? `${user.slice(0, 7)}+` : user).padEnd(8)}  20   0 ${String(size).padStart(7)} ${String(resident).padStart(6)} ${String(Math.floor(resident / 2)).padStart(6)} ${process.state} ${cpuPercent(process, facts).toFixed(1).padStart(5)} ${((resident * 100) / facts.memoryKibibytes).toFixed(1).padStart(5)} ${time.padStart(9)} ${name}`;
}
