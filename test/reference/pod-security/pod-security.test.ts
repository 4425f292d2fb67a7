import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { readAdmissionConfiguration } from '../../../src/sim/apiserver/admission/configuration.js';
import { auditLog } from '../../../src/sim/apiserver/audit/audit-log.js';
import { readAuditPolicy } from '../../../src/sim/apiserver/audit/policy.js';
import { Metrics } from '../../../src/sim/apiserver/metrics/metrics.js';
import { createRandom } from '../../../src/sim/kernel/random.js';
import type { TestServer } from '../../sim/apiserver/harness.js';
import { play, type Sequence } from '../by-hand/sequence.js';
import { answered, ourServer } from '../our-server.js';
import { countedLines, namespaceSteps, type Row, rowOf, variantRequests } from './rows.js';
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
  const audited: Audited = {
    server: ourServer({ admission: admissionChain([], [], file), audit, metrics: new Metrics(0) }),
    last: {},
  };
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

/** Rows that differ, the real one first. */
function differing(rows: readonly Row[]): string[] {
  return rows.flatMap((ours) => {
    const real = recorded.get(ours.id) ?? { id: ours.id, status: 0 };
    const [expected, got] = [JSON.stringify(real), JSON.stringify(ours)];
    return expected === got ? [] : [`${expected}\n   ours ${got}`];
  });
}

/** What was counted of all that a server was asked. */
function counted({ server }: Audited, id: string): Row {
  const { body } = answered(server, { id, kind: '', method: 'GET', target: '/metrics' });
  return { id, status: 200, counted: countedLines(String(body)) };
}

function variants(audited: Audited): Row[] {
  const post = (path: string, body: object) => ({ id: path, kind: '', method: 'POST', target: path, body });
  for (const { path, body } of namespaceSteps()) answered(audited.server, post(path, body), JSON.stringify(body));
  return variantRequests().map(({ id, path, body }) => asked(audited, id, post(path, body), JSON.stringify(body)));
}

describe('Pod Security as the real server judges', () => {
  // As in the recording: each server is asked one thing after another, and says at the end what it counted.
  const plain = serverWith();
  const configured = serverWith(CONFIGURATION);
  const all = variants(plain);
  const sequences = [
    ...PLAIN_SEQUENCES.map((sequence) => ({ name: sequence.name, rows: played(plain, sequence) })),
    ...CONFIGURED_SEQUENCES.map((sequence) => ({ name: sequence.name, rows: played(configured, sequence) })),
  ];

  test('pods of many sorts at every level', () => {
    expect(all.length).toBeGreaterThanOrEqual(1000);
    expect(differing(all)).toEqual([]);
  });

  test.each(sequences)('$name', ({ rows }) => {
    expect(rows).not.toEqual([]);
    expect(differing(rows)).toEqual([]);
  });

  test.each([counted(plain, 'counted plain'), counted(configured, 'counted configured')])('$id', (ours) => {
    expect(ours.counted).toEqual(recorded.get(ours.id)?.counted);
  });
});
