import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Command } from './command.js';

/** agnhost pause: does nothing until it is told to end, and says why it ends. */
export const pause: Command = {
  name: 'pause',
  short: 'Pauses the execution',
  flags: [],
  *run(sys) {
    yield* sys.write(1, 'Paused\nSignals registered\n');
    const signal = yield* untilSignal(sys);
    const text = `exiting because of signal "${signal === 'TERM' ? 'terminated' : 'interrupt'}"\n`;
    try {
      sys.writeFile(sys.environment.get('TERMINATION_MESSAGE_PATH') || '/dev/termination-log', text, 0o644);
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
    yield* sys.write(1, text);
    return signal === 'TERM' ? 2 : 1;
  },
};
