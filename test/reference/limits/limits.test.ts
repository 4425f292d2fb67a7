import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { readAdmissionConfiguration } from '../../../src/sim/apiserver/admission/configuration.js';
import { prepareCluster } from '../../../src/sim/apiserver/start/prepare-cluster.js';
import { type TestServer, testServer } from '../../sim/apiserver/harness.js';
import { type Row, rowOf } from './answer.js';
import { CONFIGURATION, OFF, ON, type SceneRequest } from './scene.js';
import { scenes } from './scenes.js';
import { sharedObjects } from './special-scenes.js';

/** What share must agree. It only ever rises. */
const FLOOR = 1;
/** Later than every time that an object of the requests names, as the real server's clock was. */
const CLOCK = Date.UTC(2026, 10, 1, 10, 20, 30) * 1000;
const BYTES = new TextEncoder();
const UTF8 = new TextDecoder();

const [head, ...recorded] = readFileSync(new URL('../recorded/limits.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row & { server?: string });

function ask(server: TestServer, request: SceneRequest): Row {
  const body = request.body === undefined ? {} : { body: BYTES.encode(JSON.stringify(request.body)) };
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const { method, target } = request;
  const answer = server.request({ method, target, headers, ...body });
  const text = JSON.stringify(answer.object) ?? UTF8.decode(answer.body ?? new Uint8Array());
  const row = rowOf(request, answer.status, JSON.parse(text), answer.headers['warning'] ?? '');
  return JSON.parse(JSON.stringify(row)) as Row;
}

function play(which: 'plain' | 'extended'): Row[] {
  const chain =
    which === 'plain'
      ? admissionChain([], OFF)
      : admissionChain(
          ON,
          OFF,
          readAdmissionConfiguration('/configuration', () => JSON.stringify(CONFIGURATION)),
        );
  const server = testServer({ admission: chain });
  server.clock = CLOCK;
  server.run(prepareCluster(server.parts));
  const mine = scenes().filter((scene) => scene.server === which);
  for (const request of [...sharedObjects(), ...mine.flatMap(({ before }) => before)]) {
    expect(ask(server, request).status, request.id).toBeLessThan(300);
  }
  return mine.flatMap(({ requests }) => requests).map((request) => ask(server, request));
}

describe(`within limits, as ${head?.server} has it`, () => {
  const ours = [...play('plain'), ...play('extended')];

  it('is asked in the same order', () => {
    expect(ours.length).toBeGreaterThanOrEqual(500);
    expect(ours.map(({ id }) => id)).toEqual(recorded.map(({ id }) => id));
  });

  it('is answered the same', () => {
    const differing = ours.filter((row, index) => !isDeepStrictEqual(row, recorded[index]));
    const shown = differing.map((row) => ({ ours: row, real: recorded.find(({ id }) => id === row.id) }));
    expect(1 - differing.length / ours.length, JSON.stringify(shown, null, 1)).toBeGreaterThanOrEqual(FLOOR);
  });
});
