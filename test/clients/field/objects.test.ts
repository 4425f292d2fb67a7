import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realClients } from '../real-kubectl.js';
import { type ServedWorld, serveWorld } from '../serve/served-world.js';
import { RealGround } from './ground.js';
import { Stage } from './play.js';
import { differencesIn, sceneFiles } from './scene-files.js';

/** What all namespaces feel, such as a default class of priority, is played while nothing else is. */
const FOR_ALL = ['priority-classes.txt'];

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

    const play = async (file: string): Promise<void> => {
      expect((await differencesIn(stage, 'objects', file)).join('\n')).toBe('');
    };
    test.each(FOR_ALL)('%s', play);
    test.concurrent.each(sceneFiles('objects').filter((file) => !FOR_ALL.includes(file)))('%s', play);
  },
);
