import type { Bytes } from '../../kernel/bytes.js';
import { concatBytes } from '../../kernel/bytes.js';
import type { Waiting } from '../../kernel/wait.js';
import { bytesToText } from '../format/byte-text.js';
import type { Shell } from '../state/shell.js';

/** What a command line writes to its standard output, run in a child. */
export function* captureText(shell: Shell, line: string): Waiting<string> {
  const { sys } = shell;
  const pipe = sys.pipe();
  const pid = yield* shell.fork(function* (child) {
    child.interactive = false;
    child.jobControl = false;
    child.sys.close(pipe.read);
    child.sys.duplicate(pipe.write, { exactly: 1 });
    child.sys.close(pipe.write);
    const silent = child.sys.open('/dev/null', { write: true });
    child.sys.duplicate(silent, { exactly: 2 });
    return yield* child.runner.runText(child, line);
  });
  sys.close(pipe.write);
  const chunks: Bytes[] = [];
  for (;;) {
    const bytes = yield* sys.read(pipe.read);
    if (bytes.length === 0) break;
    chunks.push(bytes);
  }
  sys.close(pipe.read);
  yield* sys.wait(pid);
  return chunks.length === 0 ? '' : bytesToText(concatBytes(chunks));
}
