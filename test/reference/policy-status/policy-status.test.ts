import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ValidatingAdmissionPolicy } from '../../../src/sim/api/types/admission.js';
import { typeWarnings } from '../../../src/sim/controllers/validatingadmissionpolicy-status/type-warnings.js';
import { encodeText } from '../../../src/sim/kernel/bytes.js';
import { type TestServer, testServer } from '../../sim/apiserver/harness.js';
import { maskedStatus, POLICY_CASES, type PolicyCase, WIDGETS } from './cases.js';

const [head, ...lines] = readFileSync(new URL('../recorded/policy-status.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const recorded = new Map(
  lines.map((line) => JSON.parse(line) as { name: string; status: unknown }).map(({ name, status }) => [name, status]),
);
let server: TestServer;

beforeAll(() => {
  server = testServer();
  const target = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const headers = { 'content-type': 'application/json' };
  server.request({ method: 'POST', target, headers, body: encodeText(JSON.stringify(WIDGETS)) });
});

function found({ spec }: PolicyCase): unknown {
  const given = spec as unknown as ValidatingAdmissionPolicy['spec'];
  const expressionWarnings = server.run(typeWarnings(server.client, given, '123456789'));
  const typeChecking = expressionWarnings.length > 0 ? { expressionWarnings } : {};
  return maskedStatus({ observedGeneration: 1, typeChecking });
}

describe(`policies fit types as ${(JSON.parse(head as string) as { server: string }).server} says`, () => {
  test('all that was recorded is compared', () => {
    expect(POLICY_CASES.map(({ name }) => name)).toEqual([...recorded.keys()]);
  });

  test.each(POLICY_CASES)('$name', (one) => {
    expect(found(one)).toEqual(recorded.get(one.name));
  });
});
