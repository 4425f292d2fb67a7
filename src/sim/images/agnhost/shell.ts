import { goJson } from '../../api/go-text.js';
import { isErrno } from '../../kernel/errno.js';
import { waitForChild } from '../../kernel/libc/child.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { goLog } from '../go/log.js';
import type { GoAnswer, GoRequest } from '../go/server.js';

/** netexec /shell: runs a command and gives its output. */
export function* shell(sys: Sys, { query }: GoRequest): Waiting<GoAnswer> {
  const command = query.get('shellCommand') || (query.get('cmd') ?? '');
  goLog(sys, `GET /shell?cmd=${command}`);
  const { text, error } = yield* combinedOutput(sys, command);
  const output = { ...(error === '' ? {} : { error }), ...(text === '' ? {} : { output: text }) };
  const shown = Object.entries(output).map(([key, value]) => `${key}:${value}`);
  goLog(sys, `Output: map[${shown.join(' ')}]`);
  return { text: goJson(output) };
}

/** What a shell's command writes, and how Go tells that it failed. */
function* combinedOutput(sys: Sys, command: string): Waiting<{ text: string; error: string }> {
  const { read, write } = sys.pipe();
  let pid: number;
  try {
    const descriptors = new Map([
      [1, write],
      [2, write],
    ]);
    pid = sys.spawn('/bin/sh', ['/bin/sh', '-c', command], { descriptors });
  } catch (error) {
    if (!isErrno(error)) throw error;
    sys.close(read);
    sys.close(write);
    return { text: '', error: `fork/exec /bin/sh: ${error.message.toLowerCase()}` };
  }
  sys.close(write);
  const parts: Buffer[] = [];
  for (;;) {
    const bytes = yield* sys.read(read);
    if (bytes.length === 0) break;
    parts.push(Buffer.from(bytes));
  }
  sys.close(read);
  const status = yield* waitForChild(sys, pid);
  return { text: Buffer.concat(parts).toString('utf8'), error: status === 0 ? '' : `exit status ${status}` };
}
