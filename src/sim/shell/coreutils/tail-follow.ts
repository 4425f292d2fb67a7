import { isErrno } from '../../kernel/errno.js';
import type { FileStat } from '../../kernel/files.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { CHUNK_BYTES } from './io.js';

/** A file that `tail -f` watches; `descriptor` undefined while it cannot be opened. */
export interface Followed {
  readonly name: string;
  descriptor: number | undefined;
  size: number;
}

/** Prints what is added to files, looking once per interval, until killed (or the process of --pid is gone). */
export function* follow(context: Context, files: readonly Followed[], header: (name: string) => void): Waiting<void> {
  const { sys } = context;
  const byName = context.has('F') || context.value('follow') === 'name';
  const retry = context.has('F') || context.has('retry');
  const seconds = Number(context.value('sleep-interval') ?? 1);
  if (!(seconds >= 0))
    context.die(`invalid number of seconds: ${context.quote(context.value('sleep-interval') ?? '')}`);
  const watched = files.filter((file) => isWatched(context, file, retry));
  if (watched.length === 0 && files.some((file) => file.descriptor === undefined)) {
    context.fail('no files remaining');
    return;
  }
  for (const file of watched) if (file.descriptor !== undefined) file.size = sys.statDescriptor(file.descriptor).size;
  let last = files.at(-1);
  const pid = context.value('pid');
  while (watched.length > 0) {
    for (const file of watched) {
      if (byName) reopen(context, file, retry);
      if (file.descriptor === undefined) continue;
      last = yield* printAdded(context, file, last, header);
    }
    yield* context.flush();
    if (pid !== undefined && !isAlive(context, Number(pid))) return;
    yield* sys.sleep(Math.max(1000, Math.round(seconds * SECOND)));
  }
}

function isWatched(context: Context, file: Followed, retry: boolean): boolean {
  if (file.descriptor === undefined) return retry;
  const { type } = context.sys.statDescriptor(file.descriptor);
  return !(file.descriptor === 0 && type === 'fifo') && type !== 'directory';
}

function* printAdded(
  context: Context,
  file: Followed,
  last: Followed | undefined,
  header: (name: string) => void,
): Waiting<Followed | undefined> {
  const descriptor = file.descriptor as number;
  const { size, type } = context.sys.statDescriptor(descriptor);
  if (type === 'file' && size < file.size) {
    context.warn(`${file.name}: file truncated`);
    context.sys.seek(descriptor, 0, 'set');
  }
  file.size = size;
  let current = last;
  for (;;) {
    const chunk = yield* context.sys.read(descriptor, CHUNK_BYTES);
    if (chunk.length === 0) return current;
    if (current !== file) header(file.name);
    current = file;
    context.print(chunk);
  }
}

/** Follows the name: another file may have it by now, or none. */
function reopen(context: Context, file: Followed, retry: boolean): void {
  const { sys } = context;
  const now = lookUp(context, file.name);
  if (!now) {
    if (file.descriptor !== undefined) {
      context.warn(`${context.showName(file.name)} has become inaccessible: No such file or directory`);
      sys.close(file.descriptor);
      file.descriptor = undefined;
      if (!retry) context.status = 1;
    }
    return;
  }
  if (file.descriptor !== undefined) {
    const open = sys.statDescriptor(file.descriptor);
    if (open.inode === now.inode && open.device === now.device) return;
    context.warn(`${context.showName(file.name)} has been replaced;  following new file`);
    sys.close(file.descriptor);
  } else context.warn(`${context.showName(file.name)} has appeared;  following new file`);
  file.descriptor = sys.open(file.name, { read: true });
  file.size = 0;
}

function lookUp(context: Context, name: string): FileStat | undefined {
  try {
    return context.sys.stat(name);
  } catch (thrown) {
    if (isErrno(thrown)) return undefined;
    throw thrown;
  }
}

function isAlive(context: Context, pid: number): boolean {
  try {
    context.sys.kill(pid, 0);
    return true;
  } catch (thrown) {
    return isErrno(thrown, 'EPERM');
  }
}
