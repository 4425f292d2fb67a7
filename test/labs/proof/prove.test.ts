import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ClusterError } from '../../../src/clusters/port.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import type { Life } from '../../../src/labs/proof/lives.js';
import { ProofMemory } from '../../../src/labs/proof/memory.js';
import { endProof, type Prover, startProof } from '../../../src/labs/proof/prove.js';
import { labOf } from '../lab-text.js';
import { fakePlayers, type Passing } from './fake-players.js';

/** The small lab: its solution is one line, its one mistake another. */
const passing: Passing = (typed) => (typed.includes('k cordon node01') ? ['done', 'kept'] : ['kept']);
const SOLVED = ['', 'k cordon node01'];
const PLAYED = [SOLVED, SOLVED, SOLVED, ['k get nodes']];

const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'kubedrill-'));
  folders.push(made);
  return made;
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

const proven = async (lab: Lab, prover: Prover) => endProof(await startProof(lab, prover), prover);

test('one draw is proven wholly, on shared machines; two more by untouched and solution', async () => {
  const players = fakePlayers(passing);
  const result = await proven(labOf(), { players });
  expect(result).toMatchObject({ lab: 'cka/small', cases: 8, remembered: 0, failures: [] });
  expect(players.lives).toEqual(PLAYED);
});

test('each failure says what was expected and found, in the order of the cases', async () => {
  const players = fakePlayers(() => ['done']);
  const { failures } = await proven(labOf(), { players });
  expect(failures.map(({ says, expected, found }) => [says, expected, found]).slice(0, 4)).toEqual([
    ['untouched earns nothing', 'guard kept holds', 'otherwise'],
    ['the solution earns everything', '2 of 2 points', '0 points: kept (expected so; found otherwise)'],
    ['mistake: forgets', 'fails done and nothing else', 'kept (expected so; found otherwise)'],
    ['untouched earns nothing', 'guard kept holds', 'otherwise'],
  ]);
});

test('an idle line is told', async () => {
  const lab = labOf(['        k cordon node01\n', '        k cordon node01\n        k get po\n']);
  const { failures } = await proven(lab, { players: fakePlayers(passing) });
  expect(failures.map(({ says, found }) => [says, found])).toEqual([
    ['without `k get po` points are lost', 'everything: the line is idle; mark it # look or drop it'],
  ]);
});

test('what fails on a shared machine is judged again on one of its own', async () => {
  const shared = (life: Life): boolean => life.length > 1;
  const ALONE = [[''], ['k cordon node01']];
  const onlyShared = fakePlayers((typed, life) => (shared(life) ? ['done'] : passing(typed, life)));
  expect((await proven(labOf(), { players: onlyShared })).failures).toEqual([]);
  expect(onlyShared.lives).toEqual([...PLAYED, ...ALONE, ...ALONE, ...ALONE]);
});

test('a world that cannot be made fails every case with its reason; a defect of ours is thrown', async () => {
  const failing = (error: Error): Prover => ({
    players: { live: () => Promise.reject(error), show: async () => '' },
  });
  const { failures, cases } = await proven(labOf(), failing(new ClusterError('no fault x')));
  expect(failures).toHaveLength(cases);
  expect(failures[0]).toMatchObject({ says: 'the world can be made', found: 'no fault x', commands: [] });
  await expect(proven(labOf(), failing(new Error('a defect')))).rejects.toThrow('a defect');
});

test('what did not change is not played again, by another program it is', async () => {
  const cache = folder();
  const run = async (lab: Lab, program = 'p', fresh = false) => {
    const players = fakePlayers(passing);
    const result = await proven(lab, { players, memory: new ProofMemory(cache, program, fresh) });
    return { played: players.lives, remembered: result.remembered, failures: result.failures.map(({ says }) => says) };
  };
  expect((await run(labOf())).remembered).toBe(0);
  expect(await run(labOf())).toEqual({ played: [], remembered: 8, failures: [] });
  // A text is told, not played.
  expect(
    (await run(labOf(['explains: Because.', 'explains: Otherwise.'], ['says: It is done', 'says: Done']))).played,
  ).toEqual([]);
  // A mistake is one case; a failure is remembered as well.
  const wrong = labOf(['script: k get nodes', 'script: k get po'], ['fails: [done]', 'fails: [done, kept]']);
  expect(await run(wrong)).toEqual({ played: [['k get po']], remembered: 7, failures: ['mistake: forgets'] });
  expect(await run(wrong)).toEqual({ played: [], remembered: 8, failures: ['mistake: forgets'] });
  // A check is looked at by every case.
  expect((await run(labOf(['equals: true', 'exists: true']))).remembered).toBe(0);
  expect((await run(labOf(), 'q')).remembered).toBe(0);
  expect((await run(labOf(), 'p', true)).remembered).toBe(0);
});

test('a damaged memory is no memory', async () => {
  const cache = folder();
  const memory = new ProofMemory(cache, 'p');
  await proven(labOf(), { players: fakePlayers(passing), memory });
  const [file] = readdirSync(join(cache, 'proof', 'p'));
  const path = join(cache, 'proof', 'p', file as string);
  const outcomes = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const [first] = Object.keys(outcomes);
  writeFileSync(path, JSON.stringify({ ...outcomes, [first as string]: { holds: 'maybe' } }));
  const again = async () =>
    (await proven(labOf(), { players: fakePlayers(passing), memory: new ProofMemory(cache, 'p') })).remembered;
  expect(await again()).toBe(7);
  writeFileSync(path, '{"half');
  expect(await again()).toBe(0);
});

test('the programs used last are remembered, older ones forgotten', () => {
  const cache = folder();
  for (const program of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const memory = new ProofMemory(cache, program);
    memory.note('lab', 'key', { holds: true, milliseconds: 1 });
    memory.save('lab');
  }
  expect(readdirSync(join(cache, 'proof')).length).toBe(4);
  expect(new ProofMemory(cache, 'f').recall('lab', 'key')).toEqual({ holds: true, milliseconds: 1 });
});

test('a draw of which a value cannot be derived is the one failure of its lab', async () => {
  const lab = labOf(
    ['  world:\n', '  variants:\n    n: {oneOf: [3, 4]}\n  derive:\n    half: n / 2\n  world:\n'],
    ['task: Do it.', 'task: Do {{half}}.'],
  );
  const { failures, cases } = await proven(lab, { players: fakePlayers(passing) });
  expect([cases, failures.length]).toEqual([1, 1]);
  expect(failures[0]).toMatchObject({
    lab: 'cka/small',
    draw: { n: 3 },
    says: 'its values can be drawn',
    found: 'half cannot be derived: 3 / 2 does not come out whole',
  });
});
