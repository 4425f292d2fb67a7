import { afterAll, beforeAll } from 'vitest';
import { contextSource } from '../../../src/clusters/context/context-source.js';
import { type ApiSide, openApiSide } from '../../../src/clusters/real/api-side.js';
import type { OpenHow, RealCluster, RealSource } from '../../../src/clusters/real/real-cluster.js';
import type { Surroundings } from '../../../src/clusters/real/surroundings.js';
import { type ServedWorld, serveWorld } from '../../clients/serve/served-world.js';
import { surroundingsOf } from './surroundings-of.js';

export const WANTED = { base: 'three-node' };
/** A world that has these objects. */
export const worldOf = (text: string) => ({ base: 'three-node', steps: [{ manifests: text }] });

/** Has something run in `default` that is not kubedrill's. */
export async function runShop({ request }: ApiSide): Promise<void> {
  const labels = { app: 'shop' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'shop', image: 'nginx' }] } };
  const body = { metadata: { name: 'shop' }, spec: { selector: { matchLabels: labels }, template } };
  await request({ method: 'POST', path: '/apis/apps/v1/namespaces/default/deployments', body });
}

/** A cluster of somebody's own. */
export interface OwnCluster {
  readonly world: ServedWorld;
  readonly surroundings: Surroundings;
  readonly side: ApiSide;
}

/** A cluster of somebody's own for the tests of one block, and a person before it. */
export function somebodysOwn(kubectl: string) {
  let own: OwnCluster;
  const asked: string[] = [];
  const steps: string[] = [];
  const how = (answers: readonly boolean[] = [], more: Partial<OpenHow> = {}): OpenHow => {
    const left = [...answers];
    return {
      onStep: ({ says, number, of }) => void steps.push(`${number}/${of} ${says}`),
      async confirm(question) {
        asked.push(question);
        return left.shift() ?? false;
      },
      ...more,
    };
  };
  const source = (name = 'mine'): RealSource => contextSource(name, own.surroundings);
  beforeAll(async () => {
    const world = await serveWorld('single-node', {}, 5);
    const surroundings = surroundingsOf(world, kubectl);
    const { environment } = surroundings;
    own = { world, surroundings, side: await openApiSide({ kubectl, kubeconfig: world.kubeconfig, environment }) };
  });
  afterAll(async () => {
    await own?.side.close();
    await own?.world.stop();
  });
  return {
    served: () => own,
    /** What was asked, and which steps were told. */
    asked,
    steps,
    how,
    source,
    open: (more: Partial<OpenHow> = {}): Promise<RealCluster> => source().open(WANTED, how([true], more)),
    status: async (path: string) => (await own.side.request({ method: 'GET', path })).status,
  };
}
