import { startReal } from '../../src/cli/real/real-ports.js';
import { ProgressStore } from '../../src/labs/progress/store.js';
import { runScreens } from '../../src/ui/run-screens.js';
import { StandInSource } from '../labs/real/stand-in.js';
import { FakeSession, fakePorts } from '../ui/fake-session.js';

/**
 * The screens at a lab on a real cluster that is none: `node scripts/run.mjs test/terminal/on-real-cluster.ts HOME`. The shell
 * in the pane is a real one.
 */
const [, , home = ''] = process.argv;
const source = new StandInSource({
  capabilities: ['containers', 'expendable', 'nodes', 'policy-enforcement', 'scripts', 'system', 'workstation'],
});
const place = {
  home,
  progress: ProgressStore.open(home),
  program: '1',
  environment: process.env,
  places: { environment: { KUBEDRILL_HOME: home }, content: [] },
  yes: false,
  left: [],
  source: async () => source,
};
const ports = fakePorts(new FakeSession(), {
  start: (id, seed, open) => startReal(place, { kind: 'kind' }, { id, seed }, open),
});
process.exitCode = await runScreens({ stdin: process.stdin, stdout: process.stdout, environment: process.env }, ports, {
  id: 'ckad/labels-open-doors',
  seed: '7',
});
process.stdout.write(`${source.done.join(', ')}\n`);
