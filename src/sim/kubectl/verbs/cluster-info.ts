import type { Service } from '../../api/types/service.js';
import type { Waiting } from '../../kernel/wait.js';
import { clusterDump } from '../cluster-dump.js';
import type { Command } from '../cobra/command.js';
import { mappingFor } from '../resource/mapper.js';
import type { Session } from '../session.js';

/** `kubectl cluster-info`. */
export const clusterInfo: Command = {
  name: 'cluster-info',
  short: 'Display cluster information',
  commands: [clusterDump],
  run: function* (session) {
    try {
      yield* printServices(session);
    } finally {
      yield* session.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    }
  },
};

function* printServices(session: Session): Waiting<void> {
  const mapping = yield* mappingFor(session, 'services');
  const namespace = session.flags.text('namespace') || 'kube-system';
  const { items } = yield* session
    .rest()
    .list<Service>(mapping, namespace, { labelSelector: 'kubernetes.io/cluster-service=true' });
  const { server } = session.rest();
  yield* session.out(`Kubernetes control plane is running at ${server}\n`);
  for (const { metadata, spec } of items) {
    const [port] = spec.ports ?? [];
    const scheme = port?.name === 'https' || port?.port === 443 ? 'https' : '';
    const name = port ? [scheme, metadata.name, port.name ?? ''].join(':').replace(/^:|:$/g, '') : metadata.name;
    const shown = metadata.labels?.['kubernetes.io/name'] || metadata.name;
    const proper =
      scheme === '' && !port?.name ? metadata.name : scheme === '' ? `${metadata.name}:${port?.name}` : name;
    yield* session.out(
      `${shown} is running at ${server}/api/v1/namespaces/${metadata.namespace}/services/${proper}/proxy\n`,
    );
  }
}
