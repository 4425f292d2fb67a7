import type { Program } from '../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../src/sim/kernel/time.js';

/**
 * Small programs that units and sessions run in these tests: `say TEXT… [exit N|wait]` prints its words; a `bash`
 * that knows just enough to be logged into. The real shell is tested in its own room.
 */
export const standIns: ReadonlyMap<string, Program> = new Map<string, Program>([
  [
    'say',
    function* (sys) {
      const words = sys.args.slice(1);
      const last = words.at(-1);
      const spoken = words.filter((word) => word !== 'wait' && !/^exit\d+$/.test(word) && word !== 'stubborn');
      if (spoken.length > 0) yield* sys.write(1, `${spoken.join(' ')}\n`);
      if (last === 'stubborn') {
        sys.onSignal('TERM', 'ignore');
        for (;;) yield* sys.sleep(1000 * SECOND);
      }
      if (last === 'wait') for (;;) yield* sys.sleep(1000 * SECOND);
      return Number(/^exit(\d+)$/.exec(last ?? '')?.[1] ?? 0);
    },
  ],
  [
    'env',
    function* (sys) {
      yield* sys.write(1, Array.from(sys.environment, ([name, value]) => `${name}=${value}\n`).join(''));
      return 0;
    },
  ],
]);
