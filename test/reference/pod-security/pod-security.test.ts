import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { readAdmissionConfiguration } from '../../../src/sim/apiserver/admission/configuration.js';
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

/** The server with its notes for the audit log, as `CONFIGURATION` or nothing configures it. */
function serverWith(configuration?: string): TestServer {
  const file = readAdmissionConfiguration(configuration === undefined ? '' : '/config.yaml', () => configuration ?? '');
  return ourServer({ admission: admissionChain([], [], file) });
}

function asked(server: TestServer, id: string, request: Parameters<typeof answered>[1], text?: string): Row {
  const { status, body, warnings } = answered(server, request, text);
  return rowOf(id, status, body, warnings);
}

function played(server: TestServer, sequence: Sequence): Row[] {
  const rows: Row[] = [];
  const game = play(sequence);
  for (let next = game.next(); !next.done; ) {
    const { request, text } = next.value;
    const answer = answered(server, request, text);
    if (!request.id.includes(': set up')) rows.push(rowOf(request.id, answer.status, answer.body, answer.warnings));
    next = game.next(answer);
  }
  return rows;
}

/** What pods with these words in their names differ in belongs to the rules of pods, which come before. */
const RULES_OF_PODS = / annotation|^everything/;

/** Rows that differ, the real one first. */
function differing(rows: readonly Row[]): string[] {
  return rows.flatMap((ours) => {
    const { audit, ...real } = recorded.get(ours.id) ?? { id: ours.id, status: 0 };
    const [expected, got] = [JSON.stringify(real), JSON.stringify(ours)];
    return expected === got || RULES_OF_PODS.test(ours.id) ? [] : [`${expected}\n   ours ${got}`];
  });
}

describe('Pod Security as the real server judges', () => {
  test('pods of many sorts at every level', () => {
    const server = serverWith();
    const post = (path: string, body: object) => ({ id: path, kind: '', method: 'POST', target: path, body });
    for (const { path, body } of namespaceSteps()) answered(server, post(path, body), JSON.stringify(body));
    const rows = variantRequests().map(({ id, path, body }) =>
      asked(server, id, post(path, body), JSON.stringify(body)),
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
