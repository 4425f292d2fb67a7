import { isErrno } from '../../kernel/errno.js';
import { waitForChild } from '../../kernel/libc/child.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';

/**
 * Shows a text as systemd's tools do: on a terminal, when it is longer than that, through a pager (`SYSTEMD_PAGER`,
 * `PAGER`, less); otherwise as it is.
 */
export function* page(
  sys: Sys,
  text: string,
  options: { readonly pager: boolean; readonly end?: boolean },
): Waiting<void> {
  const size = sys.windowSize(1);
  const lines = text.split('\n').length - 1;
  const command = sys.environment.get('SYSTEMD_PAGER') ?? sys.environment.get('PAGER') ?? 'less';
  if (!options.pager || !size || lines < size.rows || ['', 'cat'].includes(command)) {
    yield* sys.write(1, text);
    return;
  }
  const name = command.split(' ')[0] ?? 'less';
  const path = name.startsWith('/') ? name : `/usr/bin/${name}`;
  const { read, write } = sys.pipe();
  sys.closeOnExec(write, true);
  try {
    const environment = new Map([...sys.environment, ['LESS', options.end ? 'FRSXMK +G' : 'FRSXMK']]);
    const pid = sys.spawn(path, [name, ...(options.end && name === 'less' ? ['+G'] : [])], {
      descriptors: new Map([
        [0, read],
        [1, 1],
        [2, 2],
      ]),
      environment,
    });
    sys.close(read);
    sys.onSignal('PIPE', 'ignore');
    try {
      yield* sys.write(write, text);
    } catch (error) {
      if (!isErrno(error, 'EPIPE')) throw error;
    }
    sys.close(write);
    yield* waitForChild(sys, pid);
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'EACCES', 'ENOEXEC')) throw error;
    yield* sys.write(1, text);
  }
}
