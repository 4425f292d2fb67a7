import { decodeText } from '../../kernel/bytes.js';
import { waitForChild } from '../../kernel/libc/child.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';

/** Changes a file's text in place, so that its owner and mode stay. Throws when nothing changes: then nothing breaks. */
export function changeFile(sys: Sys, path: string, change: (text: string) => string): void {
  const text = decodeText(sys.readFile(path));
  const changed = change(text);
  if (changed === text) throw new Error(`${path} has not what the fault changes`);
  sys.writeFile(path, changed);
}

/** Runs systemctl and waits for its end. Throws when it is refused. */
export function* systemctl(sys: Sys, ...args: readonly string[]): Waiting<void> {
  const status = yield* waitForChild(sys, sys.spawn('/usr/bin/systemctl', ['systemctl', '--quiet', ...args], {}));
  if (status !== 0) throw new Error(`systemctl ${args.join(' ')} ended with ${status}`);
}
