import type { ChildOptions } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command, Shell } from '../state/shell.js';
import { addJob, waitForJob } from './foreground.js';
import { ended, runCommand } from './steps.js';

/** A command of a pipeline, and whether its standard error goes into the pipe too (`|&`). */
export interface PipelineMember {
  readonly command: Command;
  readonly both: boolean;
  /** The name of a simple command: its process may become the program. */
  readonly program: string | undefined;
}

/** Runs the members of a pipeline, each in a process of its own, and waits for all. */
export function* runPipeline(shell: Shell, members: readonly PipelineMember[], text: string): Waiting<number> {
  const last = shell.options.on('lastpipe') && !shell.jobControl ? members.at(-1) : undefined;
  const forked = last ? members.slice(0, -1) : members;
  const { pids, group, input } = yield* startMembers(shell, forked, last !== undefined, shell.jobControl);
  const job = addJob(shell, pids, group, text, true);
  if (!last) return ended(shell, yield* waitForJob(shell, job));
  const status = yield* runLast(shell, last.command, input as number);
  yield* waitForJob(shell, job);
  shell.pipeStatus = [...shell.pipeStatus, status];
  const failed = shell.options.has('pipefail') ? shell.pipeStatus.findLast((one) => one !== 0) : undefined;
  return ended(shell, failed ?? status);
}

/** Starts a pipeline in the background. */
export function* startBackground(shell: Shell, members: readonly PipelineMember[], text: string): Waiting<number> {
  shell.startsBackground = true;
  const { pids, group } = yield* startMembers(shell, members, false, false);
  shell.startsBackground = false;
  const job = addJob(shell, pids, group, text, false);
  shell.lastBackground = pids.at(-1);
  if (shell.interactive && !shell.dialect) yield* shell.write(2, `[${job.number}] ${shell.lastBackground}\n`);
  return ended(shell, 0);
}

function* startMembers(
  shell: Shell,
  members: readonly PipelineMember[],
  open: boolean,
  foreground: boolean,
): Waiting<{ pids: number[]; group: number; input: number | undefined }> {
  const { sys } = shell;
  const pids: number[] = [];
  let input: number | undefined;
  const background = !foreground && !open && members.length > 0 && shell.startsBackground;
  for (const [index, member] of members.entries()) {
    const more = open || index < members.length - 1;
    const pipe = more ? sys.pipe() : undefined;
    if (pipe) for (const end of [pipe.read, pipe.write]) sys.closeOnExec(end, true);
    const options: ChildOptions = {
      ...groupOptions(shell, pids[0], foreground),
      ...(background && !shell.jobControl ? { ignore: ['INT', 'QUIT'] } : {}),
    };
    const from = input;
    const silent = background && index === 0;
    pids.push(yield* shell.fork((child) => runMember(child, member, from, pipe, silent), options));
    if (from !== undefined) sys.close(from);
    if (pipe) sys.close(pipe.write);
    input = pipe?.read;
  }
  return { pids, group: shell.jobControl ? (pids[0] ?? 0) : 0, input };
}

function groupOptions(shell: Shell, leader: number | undefined, foreground: boolean): ChildOptions {
  return shell.jobControl ? { group: leader ?? 'new', foreground } : {};
}

function* runMember(
  child: Shell,
  member: PipelineMember,
  input: number | undefined,
  pipe: { read: number; write: number } | undefined,
  silent: boolean,
): Waiting<number> {
  const { sys } = child;
  const background = silent && !child.jobControl;
  enterSubshell(child);
  if (input !== undefined) {
    sys.duplicate(input, { exactly: 0 });
    sys.close(input);
  } else if (background) noInput(child);
  if (pipe) {
    sys.close(pipe.read);
    sys.duplicate(pipe.write, { exactly: 1 });
    if (member.both) sys.duplicate(pipe.write, { exactly: 2 });
    sys.close(pipe.write);
  }
  child.mayReplace = mayBecome(child, member.program);
  return yield* runCommand(child, member.command);
}

/** Whether a command's process has nothing to do but to become a program. */
export function mayBecome(shell: Shell, program: string | undefined): boolean {
  return program !== undefined && !shell.functions.has(program) && !shell.builtins.has(program);
}

/** What every subshell forgets: it has no jobs of its own and no prompt. */
export function enterSubshell(child: Shell): void {
  child.interactive = false;
  child.jobControl = false;
  child.jobs.clear();
}

/** A background command without job control reads nothing. */
function noInput(shell: Shell): void {
  const { sys } = shell;
  const empty = sys.open('/dev/null', { read: true });
  sys.duplicate(empty, { exactly: 0 });
  if (empty !== 0) sys.close(empty);
}

/** `lastpipe`: the last member runs in this shell. */
function* runLast(shell: Shell, command: Command, input: number): Waiting<number> {
  const { sys } = shell;
  const saved = sys.duplicate(0, { from: 10 });
  sys.closeOnExec(saved, true);
  sys.duplicate(input, { exactly: 0 });
  sys.close(input);
  try {
    return yield* runCommand(shell, command);
  } finally {
    sys.duplicate(saved, { exactly: 0 });
    sys.close(saved);
  }
}
