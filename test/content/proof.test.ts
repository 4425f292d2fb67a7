import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { WORLD_NAMES } from '../../src/clusters/port.js';
import { contentFolder, readCatalogue, readLabs } from '../../src/labs/content/find.js';
import { readLessons } from '../../src/labs/content/find-learning.js';
import { labFiles } from '../../src/labs/content/lab-files.js';
import type { Lab } from '../../src/labs/format/lab.js';
import { readLab } from '../../src/labs/format/read-lab.js';
import { instancesToProve } from '../../src/labs/proof/instances.js';
import { openPlayers } from '../../src/labs/proof/players.js';
import { endProof, startProof } from '../../src/labs/proof/prove.js';
import { PAGE_LAB, PAGE_LAB_FILE } from './page-lab.js';

const TIMEOUT = 600_000;

/** Labs that `npm run prove` has proven with every cause, as they are; the others are proven here. */
const proven = new Set(readFileSync(fileURLToPath(new URL('./proven.txt', import.meta.url)), 'utf8').split('\n'));
const isProven = ({ id, hash }: Lab): boolean => proven.has(`${id} ${hash}`);

/** A new lab is a template under another name, so that a template is proven like a lab. */
const templates = readLabs(labFiles(join(contentFolder(), 'templates')).files).labs;
/** The lab that authors are shown is proven too. */
const { lab: shown } = readLab(PAGE_LAB_FILE, PAGE_LAB, WORLD_NAMES);
const labs = [...readCatalogue(contentFolder()).labs, ...templates, ...(shown ? [shown] : [])];
const players = openPlayers();
afterAll(() => players.end());

/**
 * The program may have changed since a lab was proven: one of its causes is played again, another for each lab. As this
 * takes seconds each, it is done for a tenth of them, which tenth being drawn by the program as it is: another with every
 * change. KUBEDRILL_PROOF=all plays every one, and `npm run prove` every case of every one.
 */
const PARTS = 10;
const drawn = Number.parseInt(programDraw().slice(0, 8), 16);
const isDrawn = (_: Lab, index: number): boolean =>
  process.env.KUBEDRILL_PROOF === 'all' || index % PARTS === drawn % PARTS;

describe.each(
  labs
    .filter(isProven)
    .filter(isDrawn)
    .map((lab) => [lab.id, lab] as const),
)('%s', (_, lab) => {
  test(
    'untouched earns nothing, solved everything',
    async () => {
      const whole = (await instancesToProve(lab)).filter(({ extent }) => extent === 'whole');
      const one = whole[Number.parseInt(lab.hash.slice(0, 6), 16) % whole.length];
      expect(one).toBeDefined();
      const proving = await startProof(lab, { players }, one && [{ ...one, extent: 'glance' }]);
      const { cases, failures } = await endProof(proving);
      expect(failures).toEqual([]);
      expect(cases).toBe(2);
    },
    TIMEOUT,
  );
});

describe.each(labs.filter((lab) => !isProven(lab)).map((lab) => [lab.id, lab] as const))('%s', (_, lab) => {
  test(
    'everything is as it must be (`npm run prove` notes it)',
    async () => {
      const { failures } = await endProof(await startProof(lab, { players }));
      expect(failures).toEqual([]);
    },
    TIMEOUT,
  );
});

/** What the program's files are called and how long they are, in short. */
function programDraw(): string {
  const source = fileURLToPath(new URL('../../src', import.meta.url));
  const hash = createHash('sha256');
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' }).sort())
    if (file.endsWith('.ts')) hash.update(`${file} ${statSync(join(source, file)).size}\n`);
  return hash.digest('hex');
}

test('there are labs, and no other is said to be proven', () => {
  expect(labs.length).toBeGreaterThan(0);
  const ids = [...labs, ...readLessons(contentFolder(), []).lessons].map(({ id }) => id);
  const noted = [...proven].filter(Boolean).map((line) => line.split(' ')[0]);
  expect(noted.filter((id) => !ids.includes(id as string))).toEqual([]);
});
