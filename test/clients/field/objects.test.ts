import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realClients } from '../real-kubectl.js';
import { type ServedWorld, serveWorld } from '../serve/served-world.js';
import { RealGround } from './ground.js';
import { Stage } from './play.js';
import { differencesIn, sceneFiles } from './scene-files.js';

const clients = realClients();
let world: ServedWorld;
let stage: Stage;

describe.skipIf(clients.kubectl === undefined)(
  `real kubectl says what it was recorded to say to a real API server and its controllers (${clients.reason ?? 'here'})`,
  { timeout: 300_000 },
  () => {
    beforeAll(async () => {
      world = await serveWorld('test-cmd');
      stage = new Stage(new RealGround(clients.kubectl as string, readFileSync(world.kubeconfig, 'utf8')));
    });
    afterAll(async () => {
      stage.close();
      await world.stop();
    });

    test.concurrent.each(sceneFiles('objects'))('%s', async (file) => {
      expect((await differencesIn(stage, 'objects', file)).join('\n')).toBe('');
    });
  },
);
