import { describe, expect, it } from 'vitest';
import { KNOWN_DIFFERENCES } from './known-differences.js';
import { answerOf, recording, render } from './rendering.js';

describe(`templates as ${recording.program} renders them`, () => {
  const tables = [...new Set(recording.cases.map(({ table }) => table))];
  for (const table of tables) {
    const cases = recording.cases.filter((each) => each.table === table && !KNOWN_DIFFERENCES.has(each.text));
    describe(table, () => {
      it.each(cases)('$text', (recorded) => {
        expect(render(recorded.text)).toEqual(answerOf(recorded));
      });
    });
  }

  it('differs where it is known to, and only there', () => {
    const known = recording.cases.filter(({ text }) => KNOWN_DIFFERENCES.has(text));
    expect(known.map(({ text }) => text)).toHaveLength(KNOWN_DIFFERENCES.size);
    const alike = known.filter((recorded) => {
      const ours = render(recorded.text);
      return ours.out === recorded.out && ours.error === recorded.error;
    });
    expect(alike.map(({ text }) => text)).toEqual([]);
  });
});
