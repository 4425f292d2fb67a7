import { grade, noteBaseline } from '../src/checker/grade.js';
import { contentFolder, readCatalogue } from '../src/labs/content/find.js';
import { seededDice } from '../src/labs/dice.js';
import { instantiate, type LabInstance } from '../src/labs/format/instance.js';
import { machineOptions } from '../src/labs/session/machine-options.js';
import { onReadyWorld } from './on-ready-world.js';

const LAB = 'ckad/write-a-networkpolicy';

function instance(): LabInstance {
  const lab = readCatalogue(contentFolder()).labs.find(({ id }) => id === LAB);
  if (!lab) throw new Error(`there is no lab ${LAB}`);
  return instantiate(lab, { seed: '1', dice: seededDice('1') });
}

/** Judging all checks of a lab whose checks try connections. */
export const grading = onReadyWorld({
  name: `grading ${LAB}`,
  aimMax: 500,
  world: () => machineOptions(instance()),
  prepare: async (cluster) => {
    const { checks, hosts } = instance();
    return { checks, hosts, baseline: await noteBaseline(cluster, checks) };
  },
  work: (cluster, prepared) => grade(cluster, prepared),
});
