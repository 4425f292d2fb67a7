import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realClients } from '../real-kubectl.js';
import { type ServedWorld, serveWorld } from '../serve/served-world.js';
import { asAdministrator } from './administrator.js';
import { RealGround } from './ground.js';
import { Stage } from './play.js';
import { differencesIn, sceneFiles } from './scene-files.js';
import { ShellGround } from './shell-ground.js';

const clients = realClients();
const FILES = (['access', 'webhooks'] as const).flatMap((setting) =>
  sceneFiles(setting).map((file) => [file, setting] as const),
);
/** A process for each of all lines takes a minute: without this the real kubectl plays the chosen ones. */
const LINES = process.env['KUBEDRILL_ALL_LINES'] ? 'all' : 'chosen';

/**
 * Those of `access` were recorded at a real kube-apiserver v1.36.0 that authorizes by Node and RBAC, with its controllers,
 * those of `webhooks` at our own nodes.
 */
describe('who may do what, in the shell', () => {
  let stage: Stage;
  beforeAll(() => {
    stage = new Stage(new ShellGround('single-node'));
  }, 60_000);

  test.each(FILES)('%s', { timeout: 60_000 }, async (file, setting) => {
    expect((await differencesIn(stage, setting, file)).join('\n')).toBe('');
  });
});

describe.skipIf(clients.kubectl === undefined)(
  `who may do what, by the real kubectl: ${LINES} lines (${clients.reason ?? 'here'})`,
  { timeout: 300_000 },
  () => {
    let world: ServedWorld;
    let stage: Stage;
    beforeAll(async () => {
      world = await serveWorld('single-node');
      const kubeconfig = await asAdministrator(readFileSync(world.kubeconfig, 'utf8'));
      stage = new Stage(new RealGround(clients.kubectl as string, kubeconfig));
    });
    afterAll(async () => {
      stage?.close();
      await world?.stop();
    });

    test.concurrent.each(FILES)('%s', async (file, setting) => {
      expect((await differencesIn(stage, setting, file, LINES)).join('\n')).toBe('');
    });
  },
);
