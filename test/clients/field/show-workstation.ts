import { Stage } from './play.js';
import { withRealCluster } from './real-cluster.js';
import { differencesIn, sceneFiles } from './scene-files.js';
import { WorkstationGround } from './workstation-ground.js';

/**
 * Plays the recorded scenes of `access` and of `objects` on a simulated workstation before a real API server and its
 * controllers, and prints what our kubectl says otherwise than the real one said there:
 * `node scripts/run.mjs test/clients/field/show-workstation.ts [access/FILE… objects/FILE…]`.
 */
async function show(setting: 'access' | 'objects', wanted: readonly string[]): Promise<void> {
  const files = sceneFiles(setting).filter((file) => wanted.length === 0 || wanted.includes(`${setting}/${file}`));
  if (files.length === 0) return;
  await withRealCluster(setting, async ({ plain }) => {
    const stage = new Stage(await WorkstationGround.open(plain));
    try {
      for (const file of files) {
        console.log(`== ${setting}/${file}`);
        try {
          for (const difference of await differencesIn(stage, setting, file)) console.log(`${difference}\n`);
        } catch (error) {
          console.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
        }
      }
    } finally {
      stage.close();
    }
  });
}

for (const setting of ['access', 'objects'] as const) await show(setting, process.argv.slice(2));
