import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import type { Surroundings } from '../../../src/clusters/real/surroundings.js';
import type { ServedWorld } from '../../clients/serve/served-world.js';

interface Kubeconfig {
  readonly contexts: readonly { readonly name: string; readonly context: object }[];
}

/** The one context of a served world's own kubeconfig. */
export function contextIn({ kubeconfig }: Pick<ServedWorld, 'kubeconfig'>): Kubeconfig['contexts'][number] | undefined {
  return (load(readFileSync(kubeconfig, 'utf8')) as Kubeconfig).contexts[0];
}

/** What surrounds a person whose context `mine` is a served world: two files, as KUBECONFIG may name them. */
export function surroundingsOf(world: ServedWorld, kubectl: string): Surroundings {
  // The context is in one, its cluster and user in the other.
  const second = join(world.folder, 'second');
  const contexts = [{ name: 'mine', context: contextIn(world)?.context ?? {} }];
  writeFileSync(second, dump({ apiVersion: 'v1', kind: 'Config', contexts }));
  const environment = {
    ...process.env,
    KUBEDRILL_KUBECTL: kubectl,
    KUBECONFIG: `${world.kubeconfig}:${second}`,
    HOME: world.folder,
    SHELL: '/bin/bash',
  };
  return { environment, home: join(world.folder, 'home'), thread: 'same' };
}
