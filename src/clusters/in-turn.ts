import { LockFile, LockFileError } from './lock-file.js';

/** A change takes some milliseconds; who has the turn for longer stands still, and is not waited for. */
const PATIENCE_MILLISECONDS = 2_000;
const AGAIN_MILLISECONDS = 5;

/**
 * Does something while no other program does anything under the same lock: reading what there is and writing what comes of
 * it is one thing. A turn that cannot be had (nothing can be made there) is done without.
 */
export function inTurn<T>(lock: string, use: () => T): T {
  const turn = takeTurn(lock);
  try {
    return use();
  } finally {
    turn?.release();
  }
}

function takeTurn(path: string): LockFile | undefined {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    try {
      const taken = LockFile.take(path);
      if (taken instanceof LockFile) return taken;
    } catch (error) {
      // What cannot be written says so itself, and better.
      if (error instanceof LockFileError) return undefined;
      throw error;
    }
    if (performance.now() > end) return undefined;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MILLISECONDS);
  }
}
