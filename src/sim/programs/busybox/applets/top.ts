import type { Program } from '../../../kernel/sys.js';
import { SECOND } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Context } from '../../../shell/coreutils/command.js';
import { meminfo } from '../../../shell/coreutils/free.js';
import { processesByNumber, processLine } from '../../../shell/coreutils/process-list.js';
import { cpuPercent } from '../../../shell/coreutils/ps/columns.js';
import { factsOf } from '../../../shell/coreutils/ps/ps.js';
import { bytesToText } from '../../../shell/format/byte-text.js';
import { applet } from '../applet.js';

const USAGE = `top [-bH] [-n COUNT] [-d SECONDS]

Show a view of process activity in real time.
Read the status of all processes from /proc each SECONDS
and show a screenful of them.
Keys:
	N/M/P/T: sort by pid/mem/cpu/time
	R: reverse sort
	H: toggle threads
	Q,^C: exit
Options:
	-b	Batch mode
	-n N	Exit after N iterations
	-d SEC	Delay between updates
	-H	Show threads`;

/** `top` of busybox: on a terminal it repaints until q or Ctrl-C. */
export const top: Program = applet(
  { name: 'top', usage: USAGE, options: ['b', 'n=N', 'd=S', 'H', 'm'] },
  {
    *run(context): Waiting<number> {
      const { sys } = context;
      const batch = context.has('b') || sys.terminal(1) === undefined;
      const rounds = Number(context.value('n') ?? Number.POSITIVE_INFINITY);
      const delay = Math.max(1, Number(context.value('d') ?? 5)) * SECOND;
      for (let round = 0; round < rounds; round += 1) {
        if (round > 0) yield* sys.sleep(delay);
        const lines = screen(context);
        const rows = batch ? lines.length : (sys.windowSize(1)?.rows ?? 24) - 1;
        if (!batch) context.print('\x1b[H\x1b[J');
        context.print(
          lines
            .slice(0, rows)
            .map((line) => `${batch ? line : line.slice(0, 79)}\n`)
            .join(''),
        );
        yield* context.flush();
      }
      return 0;
    },
  },
);

function screen(context: Context): string[] {
  const { sys } = context;
  const facts = factsOf(context);
  const processes = processesByNumber(sys);
  const memory = meminfo(context);
  const value = (name: string) => memory.get(name) ?? 0;
  const busy = Math.min(100, Math.round(processes.reduce((sum, process) => sum + cpuPercent(process, facts), 0)));
  const load = bytesToText(sys.readFile('/proc/loadavg')).trim();
  const used = value('MemTotal') - value('MemFree');
  const share = (part: number) => `${String(Math.round(part)).padStart(3)}%`;
  const rows = processes
    .map((process) => ({ process, cpu: cpuPercent(process, facts), size: facts.memory(process).size }))
    .toSorted((one, other) => other.cpu - one.cpu || other.size - one.size || one.process.pid - other.process.pid)
    .map(({ process, cpu, size }) => {
      const vsz = size > 99_999 ? `${Math.floor(size / 1024)}m` : String(size);
      const user = facts.accounts.userName(process.uid).slice(0, 8).padEnd(8);
      const ids = `${String(process.pid).padStart(5)} ${String(process.parent).padStart(5)}`;
      return `${ids} ${user} ${process.state.padEnd(4)} ${vsz.padStart(6)}${share((size * 100) / facts.memoryKibibytes).padStart(5)} ${share(cpu)} ${processLine(process)}`;
    });
  return [
    `Mem: ${used}K used, ${value('MemFree')}K free, ${value('Shmem')}K shrd, ${value('Buffers')}K buff, ${value('Cached')}K cached`,
    `CPU: ${share(busy)} usr   0% sys   0% nic ${share(100 - busy)} idle   0% io   0% irq   0% sirq`,
    `Load average: ${load}`,
    '  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND',
    ...rows,
  ];
}
