import { compilePattern } from '../../kernel/libc/regex/pattern.js';
import { PatternError } from '../../kernel/libc/regex/pattern-text.js';
import { signalByName } from '../../kernel/signals.js';
import type { ProcessInfo, Program } from '../../kernel/sys.js';
import { Accounts } from './accounts.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { processesByNumber, processLine, processName } from './process-list.js';

const OPTIONS = [
  'c count : how many',
  'd delimiter=STRING : between the numbers',
  'e echo : say what is killed',
  'f full : match the whole command line',
  'g pgroup=ID : of these groups',
  'i ignore-case : upper and lower case are the same',
  'l list-name : the name too',
  'a list-full : the command line too',
  'n newest : only the youngest',
  'o oldest : only the oldest',
  'P parent=PID : children of PID',
  's session=SID : of these sessions',
  't terminal=TTY : of this terminal',
  'u euid=ID : of this user',
  'U uid=ID : of this user',
  'v inverse : all others',
  'x exact : the whole name',
  'signal=SIG : this signal',
  'A ignore-ancestors : (ignored)',
];

function processProgram(name: 'pgrep' | 'pkill'): Program {
  return command(
    {
      name,
      usage: '[options] <pattern>',
      summary:
        name === 'pgrep'
          ? 'Look up processes by name and other attributes.'
          : 'Signal processes by name and other attributes.',
      version: 'from procps-ng 4.0.2',
      misuse: 2,
      options: OPTIONS,
      legacy: (word) =>
        name === 'pkill' && /^-[A-Z\d][A-Z\d]*$/.test(word) && signalByName(word.slice(1))
          ? { key: 'signal', value: word.slice(1), as: word }
          : undefined,
    },
    (context) => {
      const [pattern, extra] = context.operands;
      const filtered = ['pgroup', 'parent', 'session', 'terminal', 'euid', 'uid'].some((key) => context.has(key));
      if (extra !== undefined) return misuse(context, 'only one pattern can be provided');
      if (pattern === undefined && !filtered) return misuse(context, 'no matching criteria specified');
      const found = select(context, matching(context, pattern));
      return name === 'pgrep' ? show(context, found) : signalAll(context, found);
    },
  );
}

/** `pgrep`: numbers of processes by their names. */
export const pgrep: Program = processProgram('pgrep');
/** `pkill`: signals to processes by their names. */
export const pkill: Program = processProgram('pkill');

function misuse(context: Context, message: string): number {
  context.warn(message);
  context.output.add(2, `Try \`${context.name} --help' for more information.\n`);
  return 2;
}

function matching(context: Context, pattern: string | undefined): (process: ProcessInfo) => boolean {
  const accounts = new Accounts(context.sys);
  const list = (key: string) => context.value(key)?.split(',');
  const users = (list('euid') ?? list('uid'))?.map(
    (name) => accounts.findUid(name) ?? context.die(`invalid user name: ${name}`, 2),
  );
  const groups = list('pgroup')?.map(Number);
  const parents = list('parent')?.map(Number);
  // 0 is the caller's own session.
  const own = processesByNumber(context.sys).find(({ pid }) => pid === context.sys.pid)?.session;
  const sessions = list('session')?.map((number) => Number(number) || own);
  const terminals = list('terminal');
  let regex: ReturnType<typeof compilePattern> | undefined;
  try {
    if (pattern !== undefined)
      regex = compilePattern(context.has('exact') ? `^(${pattern})$` : pattern, {
        syntax: 'extended',
        ignoreCase: context.has('ignore-case'),
      });
  } catch (thrown) {
    if (thrown instanceof PatternError) return context.die(thrown.message, 2);
    throw thrown;
  }
  return (process) =>
    (regex === undefined || regex.test(context.has('full') ? processLine(process) : processName(process))) &&
    (users === undefined || users.includes(process.uid)) &&
    (groups === undefined || groups.includes(process.group)) &&
    (parents === undefined || parents.includes(process.parent)) &&
    (sessions === undefined || sessions.includes(process.session)) &&
    (terminals === undefined || terminals.includes(process.terminal ?? '?'));
}

function select(context: Context, matches: (process: ProcessInfo) => boolean): ProcessInfo[] {
  const others = processesByNumber(context.sys).filter(({ pid }) => pid !== context.sys.pid);
  const found = others.filter((process) => matches(process) !== context.has('inverse'));
  if (context.has('newest')) return found.toSorted((a, b) => b.started - a.started || b.pid - a.pid).slice(0, 1);
  if (context.has('oldest')) return found.toSorted((a, b) => a.started - b.started || a.pid - b.pid).slice(0, 1);
  return found;
}

function show(context: Context, found: readonly ProcessInfo[]): number {
  if (context.has('count')) context.print(`${found.length}\n`);
  else if (found.length > 0) {
    const rows = found.map((process) =>
      context.has('list-full')
        ? `${process.pid} ${processLine(process)}`
        : context.has('list-name')
          ? `${process.pid} ${processName(process)}`
          : String(process.pid),
    );
    context.print(`${rows.join(context.value('delimiter') ?? '\n')}\n`);
  }
  return found.length > 0 ? 0 : 1;
}

function signalAll(context: Context, found: readonly ProcessInfo[]): number {
  const word = context.value('signal') ?? 'TERM';
  const signal = signalByName(word) ?? (word === '0' ? 0 : context.die(`Unknown signal "${word}"`, 2));
  let sent = 0;
  for (const process of found) {
    try {
      context.sys.kill(process.pid, signal);
      sent += 1;
      if (context.has('echo')) context.print(`${processName(process)} killed (pid ${process.pid})\n`);
    } catch (thrown) {
      context.warn(`killing pid ${process.pid} failed: ${reason(thrown)}`);
    }
  }
  if (context.has('count')) context.print(`${found.length}\n`);
  return sent > 0 ? 0 : 1;
}
