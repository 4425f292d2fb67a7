import type { TextBuffer } from '../../editor/buffer.js';
import type { Position } from '../../editor/characters.js';
import { Walker } from './walker.js';

interface WordMove {
  readonly to: Position;
  /** False: there were not so many words. */
  readonly ok: boolean;
}

/** `w` and `W`. With `stopAtEnd` the last of them stays on its line, as operators want. */
export function forwardWord(
  buffer: TextBuffer,
  from: Position,
  count: number,
  big: boolean,
  stopAtEnd: boolean,
): WordMove {
  const at = new Walker(buffer, from, big);
  for (let left = count - 1; left >= 0; left -= 1) {
    const last = at.onLastLine;
    const start = at.class;
    const stops = stopAtEnd && left === 0;
    const step = at.forward();
    if (step === 'stuck' || (step !== 'inside' && last)) return { to: at.position, ok: false };
    if (step !== 'inside' && stops) return { to: at.position, ok: true };
    if (start !== 0 && !skipWord(at, start, stops)) return { to: at.position, ok: true };
    while (at.class === 0) {
      if (at.onEmptyLine && at.column === 0) break;
      const moved = at.forward();
      if (moved === 'stuck' || (moved !== 'inside' && last)) return { to: at.position, ok: true };
    }
  }
  return { to: at.position, ok: true };
}

function skipWord(at: Walker, start: number, stops: boolean): boolean {
  while (at.class === start) {
    const step = at.forward();
    if (step === 'stuck' || (step !== 'inside' && stops)) return false;
  }
  return true;
}

/** `b` and `B`. With `stop`, a cursor already on the first character of a word does not count as moved. */
export function backWord(buffer: TextBuffer, from: Position, count: number, big: boolean, stop = false): WordMove {
  const at = new Walker(buffer, from, big);
  let stops = stop;
  for (let left = count; left > 0; left -= 1) {
    const start = at.class;
    if (at.back() === 'stuck') return { to: at.position, ok: false };
    if (!stops || start === at.class || start === 0) {
      let empty = false;
      while (at.class === 0) {
        if (at.column === 0 && at.onEmptyLine) {
          empty = true;
          break;
        }
        if (at.back() === 'stuck') return { to: at.position, ok: true };
      }
      if (empty) {
        stops = false;
        continue;
      }
      if (!at.skip(at.class, 'back')) return { to: at.position, ok: true };
    }
    at.forward();
    stops = false;
  }
  return { to: at.position, ok: true };
}

/** `e` and `E`. */
export function endOfWord(
  buffer: TextBuffer,
  from: Position,
  count: number,
  big: boolean,
  stop = false,
  atEmpty = false,
): WordMove {
  const at = new Walker(buffer, from, big);
  let stops = stop;
  for (let left = count; left > 0; left -= 1) {
    const start = at.class;
    if (at.forward() === 'stuck') return { to: at.position, ok: false };
    let empty = false;
    if (at.class === start && start !== 0) {
      if (!at.skip(start, 'forward')) return { to: at.position, ok: false };
    } else if (!stops || start === 0) {
      while (at.class === 0) {
        if (atEmpty && at.column === 0 && at.onEmptyLine) {
          empty = true;
          break;
        }
        if (at.forward() === 'stuck') return { to: at.position, ok: false };
      }
      if (!empty && !at.skip(at.class, 'forward')) return { to: at.position, ok: false };
    }
    if (!empty) at.back();
    stops = false;
  }
  return { to: at.position, ok: true };
}

/** `ge` and `gE`. */
export function backEndOfWord(buffer: TextBuffer, from: Position, count: number, big: boolean): WordMove {
  const at = new Walker(buffer, from, big);
  for (let left = count; left > 0; left -= 1) {
    const start = at.class;
    if (at.back() === 'stuck') return { to: at.position, ok: false };
    if (start !== 0) while (at.class === start) if (at.back() === 'stuck') return { to: at.position, ok: true };
    while (at.class === 0) {
      if (at.column === 0 && at.onEmptyLine) break;
      if (at.back() === 'stuck') return { to: at.position, ok: true };
    }
  }
  return { to: at.position, ok: true };
}
