import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeKind } from '../../../../src/sim/api/decode.js';
import { printFieldError } from '../../../../src/sim/api/field-error.js';
import { findKind } from '../../../../src/sim/api/kinds.js';
import type { KubeObject } from '../../../../src/sim/api/object.js';

/** What a server makes of an object, or of a change of one. */
interface Recorded {
  readonly object: KubeObject;
  readonly old?: KubeObject;
  readonly errors?: string[];
  readonly result?: object;
  readonly warnings?: string[];
}

// Recorded from the strategies of k8s.io/kubernetes v1.36.0: decoding, defaults, preparation, validation, warnings. Of the
// message that pods may not change, the difference after it is cut off.
const file = new URL('fixtures/recorded.jsonl', import.meta.url);
const cases = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line, index) => {
    const recorded = JSON.parse(line) as Recorded;
    const verb = recorded.old ? 'changed' : 'made';
    return [`${index} ${recorded.object.kind} ${verb}`, recorded] as const;
  });

function accept(object: KubeObject): KubeObject {
  const decoded = decodeKind(object.apiVersion, object.kind, object);
  expect(decoded?.typeError).toBeUndefined();
  const accepted = decoded?.object as unknown as KubeObject;
  findKind(object.apiVersion, object.kind)?.applyDefaults(accepted);
  return accepted;
}

describe('what a server does with objects', () => {
  test.each(cases)('%s', (_, { object, old, errors = [], result, warnings = [] }) => {
    const kind = findKind(object.apiVersion, object.kind);
    if (!kind) throw new Error(`no ${object.kind}`);
    const context = { now: 0, timestamp: '1970-01-01T00:00:00Z', warn: () => undefined };
    const accepted = accept(object);
    const before = old && accept(old);
    if (before) kind.prepareUpdate(accepted, before, context);
    else kind.prepareCreate(accepted, context);
    const found = before ? kind.validateUpdate(accepted, before) : kind.validateCreate(accepted);
    const texts = found.map((error) => printFieldError(error).split('\n@@')[0]);
    expect([...new Set(texts)].sort()).toEqual([...errors].sort());
    if (!result) return;
    expect(JSON.parse(JSON.stringify(decodeKind(object.apiVersion, object.kind, accepted)?.object))).toEqual(result);
    expect([...kind.warnings(accepted, before)].sort()).toEqual(warnings);
  });
});
