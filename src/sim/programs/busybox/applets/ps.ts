import type { Program } from '../../../kernel/sys.js';
import { SECOND } from '../../../kernel/time.js';
import { Accounts } from '../../../shell/coreutils/accounts.js';
import type { Context } from '../../../shell/coreutils/command.js';
import { processesByNumber, processLine, processName } from '../../../shell/coreutils/process-list.js';
import { factsOf } from '../../../shell/coreutils/ps/ps.js';
import { applet } from '../applet.js';

const USAGE = `ps [-o COL1,COL2=HEADER] [-T]

Show list of processes

	-o COL1,COL2=HEADER	Select columns for display
	-T			Show threads`;

type Process = ReturnType<typeof processesByNumber>[number];
interface Column {
  readonly heading: string;
  readonly width: number;
  text(process: Process, context: Context, accounts: Accounts): string;
}

const user: Column['text'] = (process, _context, accounts) => accounts.userName(process.uid);
const group: Column['text'] = (process, _context, accounts) => accounts.groupName(process.gid);

/** Columns by name, in the order in which the message about a wrong one lists them. */
const COLUMNS: Readonly<Record<string, Column>> = {
  user: { heading: 'USER', width: 8, text: user },
  group: { heading: 'GROUP', width: 8, text: group },
  comm: { heading: 'COMMAND', width: 16, text: processName },
  args: { heading: 'COMMAND', width: 256, text: processLine },
  pid: { heading: 'PID', width: 5, text: (process) => String(process.pid) },
  ppid: { heading: 'PPID', width: 5, text: (process) => String(process.parent) },
  pgid: { heading: 'PGID', width: 5, text: (process) => String(process.group) },
  etime: { heading: 'ELAPSED', width: 7, text: (process, context) => clock(context.sys.now() - process.started, 'm') },
  nice: { heading: 'NI', width: 5, text: () => '0' },
  rgroup: { heading: 'RGROUP', width: 8, text: group },
  ruser: { heading: 'RUSER', width: 8, text: user },
  time: { heading: 'TIME', width: 5, text: (process) => clock(process.cpu, 'm') },
  tty: { heading: 'TT', width: 6, text: (process) => ttyOf(process) },
  vsz: { heading: 'VSZ', width: 4, text: (process, context) => String(factsOf(context).memory(process).size) },
  sid: { heading: 'SID', width: 5, text: (process) => String(process.session) },
  stat: { heading: 'STAT', width: 4, text: (process) => process.state },
  rss: { heading: 'RSS', width: 4, text: (process, context) => String(factsOf(context).memory(process).resident) },
};

const RIGHT = new Set(['time', 'etime', 'pid', 'ppid', 'pgid', 'sid', 'nice']);

/** Minutes and seconds; busybox shows no hours before there are a thousand minutes. */
function clock(micros: number, _unit: 'm'): string {
  const seconds = Math.floor(micros / SECOND);
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 1000) return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}`;
  return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
}

function ttyOf(process: Process): string {
  const number = process.terminal;
  return number === undefined ? '?' : `136,${number}`;
}

/** `ps` of busybox, as official images have it: every process, whatever options of other ps are given. */
export const ps: Program = applet(
  {
    name: 'ps',
    usage: USAGE,
    options: ['o=COLUMNS', 'T'],
    legacy: (word) => (/^-[^oT-]/.test(word) ? { key: 'other', value: word, as: '' } : undefined),
  },
  {
    run(context) {
      const wanted = context.options.values('o').flatMap((list) => list.split(','));
      const columns = (wanted.length > 0 ? wanted : ['pid', 'user', 'time', 'args']).map((name) =>
        chosen(context, name),
      );
      const accounts = new Accounts(context.sys);
      const row = (cell: (column: Column, name: string) => string) =>
        columns
          .map(({ name, column }, at) => {
            const text = cell(column, name);
            if (at === columns.length - 1) return text;
            return RIGHT.has(name) && text !== column.heading
              ? text.padStart(column.width)
              : text.slice(0, column.width).padEnd(column.width);
          })
          .join(' ');
      context.print(`${row((column) => column.heading)}\n`);
      for (const process of processesByNumber(context.sys))
        context.print(`${row((column) => column.text(process, context, accounts))}\n`);
      return 0;
    },
  },
);

function chosen(context: Context, spec: string): { name: string; column: Column } {
  const [name = '', heading] = spec.split('=');
  const column = COLUMNS[name];
  if (!column) return context.die(`bad -o argument '${name}', supported arguments: ${Object.keys(COLUMNS).join(',')}`);
  return { name, column: heading === undefined ? column : { ...column, heading } };
}
