import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listOf, ourServer } from './our-answers.js';

interface Made {
  readonly plural: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const [head = '', ...lines] = readFileSync(new URL('./recorded/policy.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const recorded = lines.map((line) => JSON.parse(line) as Made);
const server = ourServer(false);

/** What differs from one server to the next. */
function settled(object: { metadata: object }): unknown {
  const { uid, resourceVersion, creationTimestamp, managedFields, ...metadata } = object.metadata as Record<
    string,
    unknown
  >;
  return { ...object, metadata };
}

describe(JSON.parse(head).server, () => {
  test.each(['clusterroles', 'clusterrolebindings', 'roles', 'rolebindings'])('%s', (plural) => {
    const real = recorded.filter((one) => one.plural === plural).map(({ plural: _, ...object }) => object);
    const ours = listOf(server, plural).map(settled);
    expect(real.length).toBeGreaterThan(5);
    expect(ours).toEqual(real);
  });
});
