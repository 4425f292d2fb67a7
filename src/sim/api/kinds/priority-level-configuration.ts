/** flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration. */
import { ageOf } from '../duration.js';
import type { PriorityLevelConfiguration } from '../types/flow-control.js';
import { validateConditions } from './flow-control/condition-rules.js';
import { validatePriorityLevel } from './flow-control/priority-level-rules.js';
import { type ApiKind, column, countGeneration, defineKind, keepStatus, specChanged, withStatus } from './kind.js';
import { keepMetadataToo } from './status-only.js';

const SHARES = 30;
const QUEUING = { handSize: 8, queues: 64, queueLengthLimit: 50 } as const;

/** The strategy of priority levels. */
export const priorityLevelConfigurationKind: ApiKind = defineKind({
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'PriorityLevelConfiguration',
  plural: 'prioritylevelconfigurations',
  namespaced: false,
  subresourceFacts: withStatus(),
  applyDefaults: (object) => applyDefaults(object as PriorityLevelConfiguration),
  prepareCreate: (object) => {
    object['status'] = {};
    object.metadata.generation = 1;
  },
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    countGeneration(object, old, specChanged(object, old));
  },
  prepareStatus: keepMetadataToo,
  validateCreate: (object) => validatePriorityLevel(object as PriorityLevelConfiguration),
  validateUpdate: (object) => validatePriorityLevel(object as PriorityLevelConfiguration),
  validateStatus: (object) => validateConditions((object as PriorityLevelConfiguration).status),
  printer: {
    columns: [
      column('Name'),
      column('Type', 'string', 0, 'flowcontrol.v1.PriorityLevelConfigurationSpec.type'),
      column(
        'NominalConcurrencyShares',
        'string',
        0,
        'flowcontrol.v1.LimitedPriorityLevelConfiguration.nominalConcurrencyShares',
      ),
      column('Queues', 'string', 0, 'flowcontrol.v1.QueuingConfiguration.queues'),
      column('HandSize', 'string', 0, 'flowcontrol.v1.QueuingConfiguration.handSize'),
      column('QueueLengthLimit', 'string', 0, 'flowcontrol.v1.QueuingConfiguration.queueLengthLimit'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, spec } = object as PriorityLevelConfiguration;
      const queuing = spec.limited?.limitResponse.queuing;
      const shown = [queuing?.queues, queuing?.handSize, queuing?.queueLengthLimit].map((cell) => cell ?? '<none>');
      const shares = spec.limited ? (spec.limited.nominalConcurrencyShares ?? 0) : '<none>';
      return [{ cells: [metadata.name, spec.type, shares, ...shown, ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});

function applyDefaults({ spec: { limited, exempt } }: PriorityLevelConfiguration): void {
  if (exempt) {
    exempt.nominalConcurrencyShares ??= 0;
    exempt.lendablePercent ??= 0;
  }
  if (!limited) return;
  limited.nominalConcurrencyShares ??= SHARES;
  limited.lendablePercent ??= 0;
  const { queuing } = limited.limitResponse;
  if (!queuing) return;
  for (const field of ['handSize', 'queues', 'queueLengthLimit'] as const) queuing[field] ||= QUEUING[field];
}
