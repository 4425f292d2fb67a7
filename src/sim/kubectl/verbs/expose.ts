import { goQuote } from '../../api/go-text.js';
import type { KubeObject, LabelSelector } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import { completeTypes } from '../completion/resources.js';
import { CommandError } from '../errors.js';
import { parseLabelList, serviceFor } from '../generate/exposed-service.js';
import { createBuilt } from '../generate/generator.js';
import { overridden } from '../generate/overrides.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { fileOptions } from '../resource/files.js';
import { select } from '../resource/selection.js';
import { groupKind } from '../rollout/targets.js';
import type { Session } from '../session.js';
import { templateOf } from '../workload/pod-spec.js';

const EXPOSABLE = ['Deployment.apps', 'Pod', 'ReplicaSet.apps', 'ReplicationController', 'Service'];

/** `kubectl expose`. */
export const expose: Command = {
  name: 'expose',
  short: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  complete: completeTypes('pod', 'service', 'replicationcontroller', 'deployment', 'replicaset'),
  run: function* (session, _flags, args) {
    const printer = new WritePrinter(session, dryRunOf(session), { keepOrder: true });
    const selection = yield* select(session, { args, files: fileOptions(session), continueOnError: true, typed: true });
    yield* selection.visit(function* (info) {
      const kind = groupKind(info.mapping);
      if (!EXPOSABLE.includes(kind)) throw new CommandError(`cannot expose a ${kind}`);
      yield* exposeOne(session, info.object as KubeObject, info.name, printer);
    });
  },
};

function* exposeOne(session: Session, object: KubeObject, name: string, printer: WritePrinter): Waiting<void> {
  const { flags } = session;
  const selector = flags.text('selector') === '' ? selectorOf(object) : parseLabelList(flags.text('selector'));
  const ports =
    flags.text('port') === ''
      ? portsOf(object)
      : flags
          .text('port')
          .split(',')
          .map((port) => ({ port, protocol: undefined }));
  if (ports.length === 0 && flags.text('cluster-ip') !== 'None')
    throw new CommandError("couldn't find port via --port flag or introspection");
  const protocols = new Map(portsOf(object).map(({ port, protocol }) => [port, protocol]));
  const labels = flags.text('labels') === '' ? (object.metadata.labels ?? {}) : parseLabelList(flags.text('labels'));
  const service = serviceFor(session, {
    name: flags.text('name') || name.slice(0, 63),
    labels,
    selector,
    ports: ports.map(({ port }) => ({ port, protocol: flags.text('protocol') || protocols.get(port) || 'TCP' })),
  });
  yield* createBuilt(session, printer, overridden(session, service), 'exposed');
}

/** The labels by which an object's pods are found. */
function selectorOf(object: KubeObject): Record<string, string> {
  const why = "couldn't retrieve selectors via --selector flag or introspection: ";
  const spec = (object['spec'] ?? {}) as { selector?: Record<string, string> & LabelSelector };
  if (object.kind === 'Pod') {
    const labels = object.metadata.labels ?? {};
    if (Object.keys(labels).length === 0) throw new CommandError(`${why}the pod has no labels and cannot be exposed`);
    return labels;
  }
  if (object.kind === 'Service' || object.kind === 'ReplicationController') {
    const selector = (spec.selector ?? {}) as Record<string, string>;
    if (Object.keys(selector).length === 0) throw new CommandError(`${why}the service has no pod selector set`);
    return selector;
  }
  if (spec.selector?.matchExpressions?.length) {
    throw new CommandError(
      `${why}couldn't convert expressions - ${goQuote(JSON.stringify(spec.selector.matchExpressions))} to map-based selector format`,
    );
  }
  return (spec.selector as LabelSelector | undefined)?.matchLabels ?? {};
}

function portsOf(object: KubeObject): { port: string; protocol: string | undefined }[] {
  if (object.kind === 'Service') {
    const { ports = [] } = (object['spec'] ?? {}) as { ports?: { port: number; protocol?: string }[] };
    return ports.map(({ port, protocol }) => ({ port: String(port), protocol }));
  }
  const containers = templateOf(object)?.spec?.containers ?? [];
  return containers.flatMap(({ ports = [] }) =>
    ports.map(({ containerPort, protocol }) => ({ port: String(containerPort), protocol })),
  );
}
