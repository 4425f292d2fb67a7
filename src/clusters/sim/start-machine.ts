import { setFlagsFromString } from 'node:v8';
import type { Machine, MachineOptions } from '../../sim/index.js';

/** How much a function runs before V8 compiles it for speed: its own default, and so late that a world is started by then. */
const USUAL = 67_584;
const LATE = 1_000_000;
/** The versions of V8 (Node.js 20 to 24) whose flag this is; another one might say on stderr that it knows no such flag. */
const KNOWN = /^1[1-3]\./;

let isCold = true;

/**
 * Loads the simulation, when it is not yet, and makes a machine in this thread, where others are seen to meanwhile.
 * Throws `WorldError`.
 */
export async function startMachine(options: MachineOptions): Promise<Machine> {
  const { makeMachine } = await import('../../sim/index.js');
  if (!isCold || !KNOWN.test(process.versions.v8)) return inTurns(makeMachine(options));
  isCold = false;
  // What runs during a thread's first start is over before compiling it for speed pays; that was a quarter of the work.
  setFlagsFromString(`--interrupt-budget=${LATE}`);
  try {
    return await inTurns(makeMachine(options));
  } finally {
    setFlagsFromString(`--interrupt-budget=${USUAL}`);
  }
}

/** Does a portion at a time; what has come for other machines of this thread is done in between. */
async function inTurns(making: Generator<void, Machine>): Promise<Machine> {
  for (;;) {
    const { done, value } = making.next();
    if (done) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
