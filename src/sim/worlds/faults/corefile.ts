import type { KubeObject } from '../../api/object.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import { restartCoredns } from './coredns.js';
import type { ClusterFault, FaultContext } from './fault.js';

interface CorefileMap extends KubeObject {
  readonly data: { readonly Corefile: string };
}

/** Rewrites the Corefile, and has CoreDNS read it. */
function* rewriteCorefile({ sys, client }: FaultContext, change: (text: string) => string): Waiting<void> {
  const map = yield* client.get<CorefileMap>(RESOURCES.configMaps, 'coredns', 'kube-system');
  const patch = { data: { Corefile: change(map.data.Corefile) } };
  yield* client.patch(RESOURCES.configMaps, 'coredns', 'kube-system', 'application/merge-patch+json', patch);
  yield* restartCoredns(sys, client);
}

/** The Corefile's cluster zone has a typing error, and CoreDNS was told not to read the file again by itself. */
export const corefileZoneMisspelledNoReload: ClusterFault = {
  name: 'corefile-zone-misspelled-no-reload',
  apply: (context) =>
    rewriteCorefile(context, (text) =>
      text.replaceAll('cluster.local', 'cluster.lokal').replace(/^\s*reload\s*\n/m, ''),
    ),
};
