import { grade, noteBaseline } from '../src/checker/grade.js';
import { openSimCluster } from '../src/clusters/sim/sim-cluster.js';
import { contentFolder, readCatalogue } from '../src/labs/content/find.js';
import { seededDice } from '../src/labs/dice.js';
import { instantiate } from '../src/labs/format/instance.js';
import { machineOptions } from '../src/labs/session/machine-options.js';
import type { Benchmark } from './benchmark.js';
import { threeNodeMachine } from './machine.js';

const LAB = 'ckad/write-a-networkpolicy';

/** Judging all checks of a lab whose checks try connections. */
export const grading: Benchmark = {
  name: `grading ${LAB}`,
  unit: 'ms',
  against: {
    name: 'world ready',
    measure: () => {
      const started = performance.now();
      threeNodeMachine('1');
      return performance.now() - started;
    },
  },
  aimMax: 500,
  aimIsAbsolute: true,
  rounds: 3,
  async measure() {
    const lab = readCatalogue(contentFolder()).labs.find(({ id }) => id === LAB);
    if (!lab) throw new Error(`there is no lab ${LAB}`);
    const instance = instantiate(lab, { seed: '1', dice: seededDice('1') });
    const cluster = await openSimCluster(machineOptions(instance), { thread: 'same' });
    const { checks, hosts } = instance;
    const baseline = await noteBaseline(cluster, checks);
    const started = performance.now();
    await grade(cluster, { checks, baseline, hosts });
    const milliseconds = performance.now() - started;
    await cluster.close();
    return milliseconds;
  },
};
