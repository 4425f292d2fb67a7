import type { KubeObject } from '../../api/object.js';
import type { Command } from '../cobra/command.js';
import { completeResources } from '../completion/resources.js';
import { CommandError } from '../errors.js';
import { createBuilt, withNamespace } from '../generate/generator.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { fileOptions } from '../resource/files.js';
import { apiVersionOf } from '../resource/mapper.js';
import { select } from '../resource/selection.js';

const SCALABLE = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];

/** `kubectl autoscale`. */
export const autoscale: Command = {
  name: 'autoscale',
  short: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  required: ['max'],
  complete: completeResources,
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
      yield* createBuilt(
        session,
        printer,
        dryRunOf(session) === 'client' ? object : withNamespace(object, namespace),
        'autoscaled',
      );
    });
    if (count === 0) throw new CommandError('no objects passed to autoscale');
  },
};

function metric(text: string, name: string): object[] {
  if (text === '') return [];
  const percent = /^(\d+)%$/.exec(text);
  const target = percent
    ? { type: 'Utilization', averageUtilization: Number(percent[1]) }
    : { type: 'AverageValue', averageValue: text };
  return [{ type: 'Resource', resource: { name, target } }];
}
