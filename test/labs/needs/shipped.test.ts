import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lacking } from '../../../src/clusters/capabilities.js';
import { WORLD_NAMES } from '../../../src/clusters/port.js';
import { OFFERS } from '../../../src/clusters/real/offers.js';
import { SIM_CAPABILITIES } from '../../../src/clusters/sim/capabilities.js';
import { contentFolder } from '../../../src/labs/content/find.js';
import { labFiles } from '../../../src/labs/content/lab-files.js';
import { readLab } from '../../../src/labs/format/read-lab.js';
import { needsOfDraws } from '../../../src/labs/needs/needs-of-draws.js';

const { files } = labFiles(contentFolder());
const labs = files
  .filter((file) => !file.includes('/templates/'))
  .flatMap((file) => readLab(file, readFileSync(file, 'utf8'), WORLD_NAMES).lab ?? []);

/** What every shipped lab needs of a cluster, whatever is drawn, and why: read it before it is recorded anew. */
test('what each lab needs, and where it runs', async () => {
  const texts: string[] = [];
  const runs = { kind: 0, context: 0 };
  for (const lab of labs) {
    const needs = await needsOfDraws(lab);
    const names = needs.map(({ need }) => need);
    expect([lab.id, lacking(names, SIM_CAPABILITIES)]).toEqual([lab.id, []]);
    const where = (['kind', 'context'] as const).map((name) => {
      const lacks = lacking(names, OFFERS[name].capabilities);
      if (lacks.length === 0) runs[name] += 1;
      return `${name}: ${lacks.length === 0 ? 'runs' : `lacks ${lacks.join(', ')}`}`;
    });
    const width = Math.max(...names.map(({ length }) => length));
    const lines = needs.map(({ need, because }) => `  ${need.padEnd(width)}  ${because}`);
    texts.push([`${lab.id} (${where.join('; ')})`, ...lines].join('\n'));
  }
  const head = `${labs.length} labs; kind can run ${runs.kind}, a context at best ${runs.context}.`;
  await expect(`${[head, ...texts].join('\n\n')}\n`).toMatchFileSnapshot('shipped.txt');
});
