import { join } from 'node:path';
import { HomeError } from '../home.js';
import { AttemptLock, AttemptOpenError } from '../journal/lock.js';

/** A change takes some milliseconds; who has the turn for longer stands still, and is not waited for. */
const PATIENCE_MILLISECONDS = 2000;
const AGAIN_MILLISECONDS = 5;

/**
 * Does something with a home's progress while no other program does: reading what there is and writing what comes of it is
 * one thing. Where a turn cannot be had (nothing can be made in the home), it is done without.
 */
export function inTurn<T>(home: string, use: () => T): T {
  const turn = takeTurn(join(home, 'progress.jsonl'));
  try {
    return use();
  } finally {
    turn?.release();
  }
}

function takeTurn(path: string): AttemptLock | undefined {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    try {
      return AttemptLock.take(path);
    } catch (error) {
      // What cannot be written says so itself, and better.
      if (error instanceof HomeError) return undefined;
      if (!(error instanceof AttemptOpenError)) throw error;
      if (performance.now() > end) return undefined;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MILLISECONDS);
    }
  }
}
