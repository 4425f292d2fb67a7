import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/sim/api/object.js';
import { threeWayMergePatch } from '../../../../src/sim/api/patch/merge-patch.js';
import { threeWayPatch, twoWayPatch } from '../../../../src/sim/api/patch/strategic-diff.js';
import { strategicPatch } from '../../../../src/sim/api/patch/strategic-patch.js';

interface Case {
  readonly original: JsonObject;
  readonly modified: JsonObject;
  readonly current: JsonObject;
  readonly twoWay: JsonObject;
  readonly threeWay: JsonObject;
  readonly mergePatch: JsonObject;
  readonly applied: JsonObject;
}

// Made-up deployments and services, patches recorded from k8s.io/apimachinery v0.36.0 (strategicpatch, jsonmergepatch).
const file = new URL('fixtures/recorded.json', import.meta.url);
const cases = (JSON.parse(readFileSync(file, 'utf8')) as Case[]).map((item, index) => [index, item] as const);

describe('patches as apimachinery makes them', () => {
  test.each(cases)('two-way patch of case %i', (_, { original, modified, twoWay }) => {
    expect(twoWayPatch(original, modified)).toEqual(twoWay);
  });

  test.each(cases)('three-way patch of case %i', (_, { original, modified, current, threeWay }) => {
    expect(threeWayPatch(original, modified, current)).toEqual(threeWay);
  });

  test.each(cases)('three-way merge patch of case %i', (_, { original, modified, current, mergePatch }) => {
    expect(threeWayMergePatch(original, modified, current)).toEqual(mergePatch);
  });

  test.each(cases)('applying the patch of case %i', (_, { current, threeWay, applied }) => {
    const before = structuredClone({ current, threeWay });
    expect(strategicPatch(current, threeWay)).toEqual(applied);
    expect({ current, threeWay }).toEqual(before);
  });
});
