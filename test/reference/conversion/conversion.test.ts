import { describe, expect, it } from 'vitest';
import { readRecording } from '../recording.js';
import { compareConversion } from './compare-conversion.js';

/** While its watch cache cannot begin, the real server says so or not, by who was first. */
const CACHE = /^storage is \(re\)initializing: failed to list \S+ Kind=\S+: /;

/** A refusal without what differs from run to run. */
function settled({ status, body }: { readonly status: number; readonly body?: unknown }): unknown {
  const { message, code } = (body ?? {}) as { message?: string; code?: number };
  if (status < 400) return { status, body };
  const isEarly = message !== undefined && CACHE.test(message);
  return { status: isEarly ? 500 : status, message: message?.replace(CACHE, ''), code: isEarly ? 500 : code };
}

describe(`kinds that a webhook converts, as ${readRecording('conversion').server} has them`, () => {
  const all = compareConversion();

  it('are asked about two hundred times', () => {
    expect(all.length).toBeGreaterThanOrEqual(210);
  });

  it('are ours too', () => {
    const left = all.filter(({ equal }) => !equal);
    expect(left.map(({ id, ours }) => ({ id, said: settled(ours) }))).toEqual(
      left.map(({ id, real }) => ({ id, said: settled(real) })),
    );
  });
});
