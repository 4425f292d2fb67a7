import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { NAMESPACE } from './cases/objects.js';
import { SETTLED } from './cases/settled.js';
import { TOLD } from './cases/told.js';
import { placeOf, viewOf } from './cluster-view.js';
import { INVARIANTS } from './invariants/register.js';

describe('what must hold is seen not to hold', () => {
  for (const { name, settled: judge, told } of INVARIANTS) {
    const rows = SETTLED[name] ?? [];
    const steps = TOLD[name] ?? [];
    it(`${name}: has cases for all that it looks at`, () => {
      expect([rows.length > 0, steps.length > 0]).toEqual([judge !== undefined, told !== undefined]);
    });
    for (const { says, good, bad, tells } of rows) {
      it(`${name}: ${says}`, () => {
        expect(judge?.(good)).toEqual([]);
        expect(judge?.(bad).join('\n')).toMatch(tells);
      });
    }
    for (const { says, there, before, good, bad, plural, tells } of steps) {
      it(`${name}: ${says}`, () => {
        const look = (after: KubeObject): readonly string[] => {
          const others = there.filter((one) => placeOf(one) !== placeOf(after) || one.kind !== after.kind);
          return told?.({ plural, before, after }, viewOf([NAMESPACE, ...others, after])) ?? [];
        };
        expect(look(good)).toEqual([]);
        expect(look(bad).join('\n')).toMatch(tells);
      });
    }
  }
});
