import { afterEach, describe, expect, test } from 'vitest';
import type { BeginAt } from '../../src/ui/conductor.js';
import type { ScreenPorts } from '../../src/ui/ports.js';
import { CATALOGUE, FakeSession, fakePorts, UNFINISHED } from './fake-session.js';
import { Stage } from './stage.js';

const TERM = { TERM: 'xterm-256color' };
const COREDNS = 'cka/fix-coredns';

let stage: Stage;

afterEach(async () => {
  process.emit('SIGTERM');
  await stage.ended;
});

function opened(
  at: BeginAt | undefined,
  changes: Partial<ScreenPorts> = {},
  unfinished = UNFINISHED,
): readonly string[] {
  const ports = fakePorts(new FakeSession(), { catalogue: () => ({ ...CATALOGUE, unfinished }), ...changes });
  stage = new Stage(100, 30).open(ports, TERM, at);
  return ports.calls;
}

const worked = (calls: readonly string[]): string[] => calls.filter((call) => call !== 'prepare');

describe('a lab of which an attempt is unfinished', () => {
  const offer = /Go on with “Names do not resolve”\?[\s\S]*▸ Names do not resolve.*seed 7/;

  test('offers that one to whoever asked for the lab at the start', async () => {
    const calls = opened({ id: COREDNS });
    await stage.shows(offer);
    expect(stage.text()).not.toContain('Take a node out of service');
    expect(worked(calls)).toEqual([]);
    stage.type('\r');
    await stage.shows('Since last night');
    expect(worked(calls)).toEqual(['resume a2']);
  });

  test('begins anew when that is wanted, with the seed that was asked for', async () => {
    const calls = opened({ id: COREDNS, seed: '7' });
    await stage.shows(offer);
    stage.type('n');
    await stage.shows('Since last night');
    expect(worked(calls)).toEqual([`start ${COREDNS} 7`]);
  });

  test('begins at once with another seed, and where another kubedrill has the attempt open', async () => {
    const calls = opened({ id: COREDNS, seed: '8' });
    await stage.shows('Since last night');
    expect(worked(calls)).toEqual([`start ${COREDNS} 8`]);
    process.emit('SIGTERM');
    await stage.ended;
    const elsewhere = UNFINISHED.map((attempt) => ({ ...attempt, elsewhere: true }));
    const others = opened({ id: COREDNS }, {}, elsewhere);
    await stage.shows('Since last night');
    expect(worked(others)).toEqual([`start ${COREDNS} any seed`]);
  });

  test('offers it in the catalogue too, which is there again when neither is wanted', async () => {
    const calls = opened(undefined);
    await stage.shows('Go on with one of these?');
    stage.type('\x1b');
    await stage.shows('Enter start');
    stage.type('\r');
    await stage.shows(offer);
    stage.type('q');
    await stage.shows('Enter start');
    expect(worked(calls)).toEqual([]);
    stage.type('\r');
    await stage.shows('n begin anew');
    stage.type('n');
    await stage.shows('Since last night');
    expect(worked(calls)).toEqual([`start ${COREDNS} any seed`]);
  });
});

describe('where labs begin', () => {
  test('is chosen in the catalogue, and stays chosen for the same lab again', async () => {
    const calls = opened(undefined, {}, []);
    await stage.shows('Enter start');
    expect(stage.text()).not.toContain('from base: on');
    stage.type('b');
    await stage.shows('b from base: on');
    stage.type('\r');
    await stage.shows('Since last night');
    stage.type('\x1b[21~');
    await stage.shows('y');
    stage.type('yy');
    await stage.shows('4 of 6 points');
    stage.type('n');
    await stage.shows('Since last night');
    expect(worked(calls)).toEqual([`start ${COREDNS} any seed from base`, `start ${COREDNS} any seed from base`]);
  });

  test('is the base host where that was asked for at the start', async () => {
    const calls = opened({ id: COREDNS }, { fromBase: true }, []);
    await stage.shows('Since last night');
    expect(worked(calls)).toEqual([`start ${COREDNS} any seed from base`]);
  });
});
