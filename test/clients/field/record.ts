import { realClients } from '../real-kubectl.js';
import { RealGround } from './ground.js';
import { Stage } from './play.js';
import { withRealCluster } from './real-cluster.js';
import { recordFile, sceneFiles } from './scene-files.js';

/**
 * Plays the scenes of `access` and of `objects` with the real kubectl at a real API server and its controllers and writes
 * down what they say: `node scripts/run.mjs test/clients/field/record.ts [access/FILE… objects/FILE…]`. Go is needed the
 * first time.
 */
async function record(setting: 'access' | 'objects', wanted: readonly string[]): Promise<void> {
  const files = sceneFiles(setting).filter((file) => wanted.length === 0 || wanted.includes(`${setting}/${file}`));
  if (files.length === 0) return;
  const { kubectl, reason } = realClients();
  if (kubectl === undefined) throw new Error(reason);
  await withRealCluster(setting, async ({ own }) => {
    const stage = new Stage(new RealGround(kubectl, own));
    try {
      const done = await Promise.allSettled(files.map((file) => recordFile(stage, setting, file)));
      for (const each of done) if (each.status === 'rejected') console.error(each.reason);
    } finally {
      stage.close();
    }
  });
}

for (const setting of ['access', 'objects'] as const) await record(setting, process.argv.slice(2));
