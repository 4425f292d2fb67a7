import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { readAdmissionConfiguration } from '../../../src/sim/apiserver/admission/configuration.js';
import { auditLog } from '../../../src/sim/apiserver/audit/audit-log.js';
import { readAuditPolicy } from '../../../src/sim/apiserver/audit/policy.js';
import { createRandom } from '../../../src/sim/kernel/random.js';
import type { TestServer } from '../../sim/apiserver/harness.js';
import { play, type Sequence } from '../by-hand/sequence.js';
import { answered, ourServer } from '../our-server.js';
import { namespaceSteps, type Row, rowOf, variantRequests } from './rows.js';
import { CONFIGURATION, CONFIGURED_SEQUENCES, PLAIN_SEQUENCES } from './sequences.js';

const recorded = new Map(
  readFileSync(new URL('../recorded/pod-security.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line): [string, Row] => {
      const row = JSON.parse(line) as Row;
      return [row.id, row];
    }),
);

/** A server that `CONFIGURATION` or nothing configures, and what its audit log was told last. */
interface Audited {
  readonly server: TestServer;
  last: Record<string, string>;
}

function serverWith(configuration?: string): Audited {
  const file = readAdmissionConfiguration(configuration === undefined ? '' : '/config.yaml', () => configuration ?? '');
  const write = (line: string) => {
    audited.last = (JSON.parse(line) as { annotations?: Record<string, string> }).annotations ?? {};
  };
  const policy = readAuditPolicy('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata}]\n');
  const audit = auditLog({ policy, format: 'json', now: () => 0, random: createRandom('audit'), write });
  const audited: Audited = { server: ourServer({ admission: admissionChain([], [], file), audit }), last: {} };
  return audited;
}

function asked(audited: Audited, id: string, request: Parameters<typeof answered>[1], text?: string): Row {
  const { status, body, warnings } = answered(audited.server, request, text);
  return withAudit(audited, rowOf(id, status, body, warnings));
}

function played(audited: Audited, sequence: Sequence): Row[] {
  const rows: Row[] = [];
  const game = play(sequence);
  for (let next = game.next(); !next.done; ) {
    const { request, text } = next.value;
    const answer = answered(audited.server, request, text);
    if (!request.id.includes(': set up'))
      rows.push(withAudit(audited, rowOf(request.id, answer.status, answer.body, answer.warnings)));
    next = game.next(answer);
  }
  return rows;
}

/** A row with what Pod Security told the audit log. */
function withAudit({ last }: Audited, row: Row): Row {
  const told = Object.entries(last).filter(([key]) => key.startsWith('pod-security'));
  return told.length === 0 ? row : { ...row, audit: Object.fromEntries(told.sort()) };
}

/** What pods with these words in their names differ in belongs to the rules of pods, which come before. */
const RULES_OF_PODS = / annotation|^everything/;

/** Rows that differ, the real one first. */
function differing(rows: readonly Row[]): string[] {
  return rows.flatMap((ours) => {
    const real = recorded.get(ours.id) ?? { id: ours.id, status: 0 };
    const [expected, got] = [JSON.stringify(real), JSON.stringify(ours)];
    return expected === got || RULES_OF_PODS.test(ours.id) ? [] : [`${expected}\n   ours ${got}`];
  });
}

describe('Pod Security as the real server judges', () => {
  test('pods of many sorts at every level', () => {
    const audited = serverWith();
    const post = (path: string, body: object) => ({ id: path, kind: '', method: 'POST', target: path, body });
    for (const { path, body } of namespaceSteps()) answered(audited.server, post(path, body), JSON.stringify(body));
    const rows = variantRequests().map(({ id, path, body }) =>
      asked(audited, id, post(path, body), JSON.stringify(body)),
    );
    expect(rows.length).toBeGreaterThanOrEqual(1000);
    expect(differing(rows)).toEqual([]);
  });

  test.each(PLAIN_SEQUENCES)('$name', (sequence) => {
    expect(differing(played(serverWith(), sequence))).toEqual([]);
  });

  test.each(CONFIGURED_SEQUENCES)('$name', (sequence) => {
    expect(differing(played(serverWith(CONFIGURATION), sequence))).toEqual([]);
  });
});
