import { decodeText } from '../bytes.js';
import type { Sys } from '../sys.js';
import type { Waiting } from '../wait.js';

/** getpass(3): shows a prompt on the terminal and reads a line that is not shown; undefined at its end. */
export function* askSecret(sys: Sys, prompt: string): Waiting<string | undefined> {
  const terminal = sys.open('/dev/tty', { read: true, write: true });
  const modes = sys.terminalModes(terminal);
  try {
    sys.setTerminalModes(terminal, { ...modes, echo: false });
    yield* sys.write(terminal, prompt);
    const typed = decodeText(yield* sys.read(terminal));
    yield* sys.write(terminal, '\n');
    return typed === '' ? undefined : typed.replace(/\n$/, '');
  } finally {
    sys.setTerminalModes(terminal, modes);
    sys.close(terminal);
  }
}
