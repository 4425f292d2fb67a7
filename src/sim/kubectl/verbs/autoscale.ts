import type { KubeObject } from '../../api/object.js';
import { hasReason } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import { completeTypes } from '../completion/resources.js';
import { CommandError } from '../errors.js';
import { createBuilt, withNamespace } from '../generate/generator.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { fileOptions } from '../resource/files.js';
import { apiVersionOf, mappingOfKind } from '../resource/mapper.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';

const SCALABLE = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];

/** `kubectl autoscale`. */
export const autoscale: Command = {
  name: 'autoscale',
  short: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  required: ['max'],
  complete: completeTypes('deployment', 'replicaset', 'replicationcontroller', 'statefulset'),
  run: function* (session, flags, args) {
    const min = flags.number('min');
    const max = flags.number('max');
    if (max < 1) throw new CommandError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
    if (max < min)
      throw new CommandError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
    const printer = new WritePrinter(session, dryRunOf(session), { keepOrder: true });
    const selection = yield* select(session, { args, files: fileOptions(session), continueOnError: true });
    let count = 0;
    yield* selection.visit(function* ({ mapping, name, namespace }) {
      count += 1;
      if (!SCALABLE.includes(mapping.kind)) {
        throw new CommandError(
          `cannot autoscale a ${mapping.group === '' ? mapping.kind : `${mapping.kind}.${mapping.group}`}`,
        );
      }
      const metrics = [...metric(flags.text('cpu'), 'cpu'), ...metric(flags.text('memory'), 'memory')];
      const object: KubeObject = {
        kind: 'HorizontalPodAutoscaler',
        apiVersion: 'autoscaling/v2',
        metadata: { name: flags.text('name') || name },
        spec: {
          scaleTargetRef: { kind: mapping.kind, name, apiVersion: apiVersionOf(mapping) },
          ...(min > 0 ? { minReplicas: min } : {}),
          maxReplicas: max,
          ...(metrics.length > 0 ? { metrics } : {}),
        },
        status: { desiredReplicas: 0, currentMetrics: null },
      };
      try {
        yield* createBuilt(
          session,
          printer,
          dryRunOf(session) === 'client' ? object : withNamespace(object, namespace),
          'autoscaled',
        );
      } catch (error) {
        if (!hasReason(error, 'NotFound') || (yield* serves(session))) throw error;
        // A server without the kind at all: kubectl goes on to v1, for which it has nothing in hand.
        throw new CommandError(
          'failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: empty input',
        );
      }
    });
    if (count === 0) throw new CommandError('no objects passed to autoscale');
  },
};

function* serves(session: Session): Waiting<boolean> {
  return (yield* mappingOfKind(session, 'autoscaling/v2', 'HorizontalPodAutoscaler')) !== undefined;
}

function metric(text: string, name: string): object[] {
  if (text === '') return [];
  const percent = /^(\d+)%$/.exec(text);
  const target = percent
    ? { type: 'Utilization', averageUtilization: Number(percent[1]) }
    : { type: 'AverageValue', averageValue: text };
  return [{ type: 'Resource', resource: { name, target } }];
}
