import type { KubeObject } from '../../api/object.js';
import { canonicalQuantity } from '../../api/quantity.js';
import { StatusError } from '../../api/status.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { completeTypes } from '../completion/resources.js';
import { CommandError } from '../errors.js';
import { createBuilt, withNamespace } from '../generate/generator.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import type { Mapping } from '../resource/discovery.js';
import { fileOptions } from '../resource/files.js';
import { apiVersionOf } from '../resource/mapper.js';
import { select } from '../resource/selection.js';

const INT32_MAX = 2 ** 31 - 1;

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
    if (flags.number('cpu-percent') > 0 && flags.text('cpu') !== '')
      throw new CommandError('--cpu-percent and --cpu are mutually exclusive');
    const metrics = metricsOf(flags);
    const printer = new WritePrinter(session, dryRunOf(session), { keepOrder: true });
    const selection = yield* select(session, { args, files: fileOptions(session), continueOnError: true });
    let count = 0;
    yield* selection.visit(function* ({ mapping, name, namespace }) {
      count += 1;
      if (!mapping.subresources.includes('scale')) {
        const resource = `${mapping.group}/${mapping.version}, Resource=${mapping.resource}`;
        throw new CommandError(
          `cannot autoscale a ${mapping.kind}: could not find scale subresource for ${resource} in discovery information`,
        );
      }
      const object = autoscalerOf(flags, mapping, name, metrics);
      const placed = dryRunOf(session) === 'client' ? object : withNamespace(object, namespace);
      try {
        yield* createBuilt(session, printer, placed, dryRunOf(session) === 'client' ? 'created' : 'autoscaled');
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        yield* createBuilt(session, printer, olderAutoscaler(flags, placed), 'autoscaled');
      }
    });
    if (count === 0) throw new CommandError('no objects passed to autoscale');
  },
};

function autoscalerOf(flags: Flags, mapping: Mapping, target: string, metrics: readonly object[]): KubeObject {
  const min = flags.number('min');
  return {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v2',
    metadata: { name: flags.text('name') || target },
    spec: {
      scaleTargetRef: { kind: mapping.kind, name: target, apiVersion: apiVersionOf(mapping) },
      ...(min > 0 ? { minReplicas: min } : {}),
      maxReplicas: flags.number('max'),
      ...(metrics.length > 0 ? { metrics } : {}),
    },
    status: { desiredReplicas: 0, currentMetrics: null },
  };
}

/** What kubectl tries after any refusal of v2, if v1 has words for it. Throws what it says when it has not. */
function olderAutoscaler(flags: Flags, built: KubeObject): KubeObject {
  const cpu = flags.text('cpu').trim();
  const percent = flags.number('cpu-percent');
  const because =
    cpu === '' ? 'empty input' : flags.text('memory') !== '' || !cpu.endsWith('%') ? '%!w(<nil>)' : undefined;
  if (because !== undefined)
    throw new CommandError(
      `failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${because}`,
    );
  const { metrics: _none, ...spec } = built['spec'] as Record<string, unknown>;
  return {
    ...built,
    apiVersion: 'autoscaling/v1',
    spec: { ...spec, ...(percent >= 0 ? { targetCPUUtilizationPercentage: percent } : {}) },
    status: { currentReplicas: 0, desiredReplicas: 0 },
  };
}

function metricsOf(flags: Flags): object[] {
  const percent = flags.number('cpu-percent');
  return [
    ...(percent > 0 ? [metric('cpu', { type: 'Utilization', averageUtilization: percent })] : []),
    ...targetOf(flags.text('cpu'), 'cpu', 'm'),
    ...targetOf(flags.text('memory'), 'memory', 'Mi'),
  ];
}

function metric(name: string, target: object): object {
  return { type: 'Resource', resource: { name, target } };
}

/** A percentage is one of what is asked for, anything else an amount; a bare number has the resource's unit. */
function targetOf(text: string, name: string, unit: string): object[] {
  if (text === '') return [];
  const input = text.trim();
  if (input === '') throw new CommandError('empty input');
  if (input.endsWith('%')) {
    const number = input.slice(0, -1);
    if (!/^\+?\d+$/.test(number) || Number(number) > INT32_MAX)
      throw new CommandError(`invalid percentage value: ${number}`);
    return [metric(name, { type: 'Utilization', averageUtilization: Number(number) })];
  }
  const isBare = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(input);
  const amount = canonicalQuantity(isBare ? `${Number(input)}${unit}` : input);
  if (amount === undefined) throw new CommandError(`invalid resource ${name} value: ${input}`);
  return [metric(name, { type: 'AverageValue', averageValue: amount })];
}
