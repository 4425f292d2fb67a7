import { isJsonObject, type KubeObject } from '../../../api/object.js';
import type { Command } from '../../cobra/command.js';
import { CommandError } from '../../errors.js';
import { generatorCommand } from '../../generate/generator.js';
import { select } from '../../resource/selection.js';

/** `kubectl create job`. */
export const job: Command = generatorCommand('create', {
  name: 'job',
  short: 'Create a job with the specified name',
  failing: 'failed to create job: ',
  build: function* ({ session, name, command }) {
    const image = session.flags.text('image');
    const from = session.flags.text('from');
    if ((image === '') === (from === '')) throw new CommandError('either --image or --from must be specified');
    if (from !== '' && command.length > 0) throw new CommandError('cannot specify --from and command');
    if (from !== '') {
      const [info] = yield* (yield* select(session, { args: [from] })).infos();
      return fromCronJob(name, info?.object as KubeObject);
    }
    const container = { name, image, ...(command.length > 0 ? { command } : {}), resources: {} };
    return {
      kind: 'Job',
      apiVersion: 'batch/v1',
      metadata: { name },
      spec: { template: { metadata: {}, spec: { containers: [container], restartPolicy: 'Never' } } },
      status: {},
    };
  },
});

function fromCronJob(name: string, cronJob: KubeObject): KubeObject {
  if (cronJob.kind !== 'CronJob') throw new CommandError('from must be an existing cronjob');
  const template = (cronJob['spec'] as { jobTemplate: KubeObject }).jobTemplate;
  const { annotations = {}, labels } = template.metadata ?? {};
  return {
    kind: 'Job',
    apiVersion: 'batch/v1',
    metadata: {
      name,
      ...(isJsonObject(labels) ? { labels } : {}),
      annotations: { ...annotations, 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [
        {
          apiVersion: cronJob.apiVersion,
          kind: cronJob.kind,
          name: cronJob.metadata.name ?? '',
          uid: cronJob.metadata.uid ?? '',
          controller: true,
        },
      ],
    },
    spec: template['spec'],
    status: {},
  };
}
