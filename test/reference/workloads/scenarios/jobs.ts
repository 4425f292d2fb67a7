import { CALM, evict, give, patch, remove, type Scenario, scenario, wait } from '../scenario.js';

const job = (play: string, spec = '', more = ''): string =>
  `{apiVersion: batch/v1, kind: Job, metadata: {name: sum}, spec: {${spec}template: {metadata: {annotations: {${play === '' ? '' : `play: ${play}`}}}, spec: {restartPolicy: Never, ${more}containers: [{name: c, image: "busybox:1.36"}]}}}}`;
const RULE_EXIT =
  'podFailurePolicy: {rules: [{action: ACTION, onExitCodes: {containerName: c, operator: In, values: [3]}}]}, ';
const cronJob = (spec: string, play = 'succeed'): string =>
  `{apiVersion: batch/v1, kind: CronJob, metadata: {name: tick}, spec: {${spec}, jobTemplate: {spec: {template: {metadata: {annotations: {${play === '' ? '' : `play: ${play}`}}}, spec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1.36"}]}}}}}}`;

/** Pods that are to come to an end. */
export const JOBS: readonly Scenario[] = [
  scenario('a job of one pod', give(job('succeed')), CALM),
  scenario('a job of three, two at once', give(job('succeed', 'completions: 3, parallelism: 2, ')), CALM),
  scenario('a job that is a queue of work', give(job('succeed', 'parallelism: 2, ')), CALM),
  scenario('an indexed job', give(job('succeed', 'completions: 3, parallelism: 3, completionMode: Indexed, ')), CALM),
  scenario('a job whose pods fail at once', give(job('fail', 'backoffLimit: 0, ')), CALM),
  scenario('a job that tries once more', give(job('fail', 'backoffLimit: 1, ')), wait(14), CALM),
  scenario('a job that fails by its policy', give(job('fail', RULE_EXIT.replace('ACTION', 'FailJob'))), CALM),
  scenario(
    'a job whose policy does not count',
    give(job('fail', `backoffLimit: 0, parallelism: 1, ${RULE_EXIT.replace('ACTION', 'Ignore')}`)),
    wait(2),
    patch('jobs sum', '{spec: {suspend: true}}'),
    wait(12),
    CALM,
  ),
  scenario(
    'an indexed job with failures of one index',
    give(job('fail-index-1', 'completions: 3, parallelism: 3, completionMode: Indexed, backoffLimitPerIndex: 0, ')),
    CALM,
  ),
  scenario(
    'an indexed job with too many failed indexes',
    give(
      job(
        'fail',
        'completions: 3, parallelism: 1, completionMode: Indexed, backoffLimitPerIndex: 0, maxFailedIndexes: 1, ',
      ),
    ),
    CALM,
  ),
  scenario(
    'an indexed job that fails an index by its policy',
    give(
      job(
        'fail-index-1',
        `completions: 2, parallelism: 2, completionMode: Indexed, backoffLimitPerIndex: 1, ${RULE_EXIT.replace('ACTION', 'FailIndex')}`,
      ),
    ),
    CALM,
  ),
  scenario(
    'an indexed job that has succeeded early',
    give(
      job(
        'succeed',
        'completions: 3, parallelism: 1, completionMode: Indexed, successPolicy: {rules: [{succeededCount: 1}]}, ',
      ),
    ),
    CALM,
  ),
  scenario(
    'a job that is suspended and resumed',
    give(job('', 'parallelism: 2, completions: 2, ')),
    CALM,
    patch('jobs sum', '{spec: {suspend: true}}'),
    CALM,
    patch('jobs sum', '{spec: {suspend: false}}'),
    CALM,
  ),
  scenario(
    'a job that is made suspended',
    give(job('succeed', 'suspend: true, ')),
    CALM,
    patch('jobs sum', '{spec: {suspend: false}}'),
    CALM,
  ),
  scenario('a job that takes too long', give(job('', 'activeDeadlineSeconds: 4, ')), wait(5), CALM),
  scenario('a job that is cleaned up', give(job('succeed', 'ttlSecondsAfterFinished: 3, ')), wait(6), CALM),
  scenario('a job whose pod is deleted', give(job('')), CALM, remove('pods sum-#1'), CALM),
  scenario(
    'a job whose pod is replaced when it has failed',
    give(job('', 'podReplacementPolicy: Failed, ')),
    CALM,
    remove('pods sum-#1'),
    CALM,
  ),
  scenario(
    'a job with less parallelism later',
    give(job('', 'parallelism: 3, completions: 3, ')),
    CALM,
    patch('jobs sum', '{spec: {parallelism: 1}}'),
    CALM,
  ),
  scenario('a job that somebody else manages', give(job('succeed', 'managedBy: example.com/mine, ')), CALM),
  scenario(
    'a job is deleted',
    give(job('', 'parallelism: 2, ')),
    CALM,
    remove('jobs sum', { propagationPolicy: 'Background' }),
    CALM,
  ),
  scenario(
    'a job in which an index is tried again',
    give(job('fail-index-1', 'completions: 2, parallelism: 2, completionMode: Indexed, backoffLimitPerIndex: 1, ')),
    wait(14),
    CALM,
  ),
  scenario(
    'a job in which chosen indexes are enough',
    give(
      job(
        'fail-index-1',
        'completions: 4, parallelism: 4, completionMode: Indexed, backoffLimitPerIndex: 3, successPolicy: {rules: [{succeededIndexes: "1"}, {succeededIndexes: "0,2-3", succeededCount: 2}]}, ',
      ),
    ),
    CALM,
  ),
  scenario(
    'a job in which evictions do not count',
    give(
      job(
        '',
        'backoffLimit: 0, podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}, ',
      ),
    ),
    CALM,
    evict('sum-#1'),
    CALM,
  ),
  scenario(
    'a job in which all is made smaller',
    give(job('', 'completions: 3, parallelism: 3, completionMode: Indexed, ')),
    CALM,
    patch('jobs sum', '{spec: {completions: 2, parallelism: 2}}'),
    CALM,
  ),
  scenario(
    'a job whose pod is deleted while another runs',
    give(job('', 'parallelism: 2, completions: 2, ')),
    CALM,
    remove('pods sum-#1'),
    wait(12),
    CALM,
  ),
  scenario(
    'a job in charge of a pod that was there',
    give(
      '{apiVersion: v1, kind: Pod, metadata: {name: early, labels: {app: sum}}, spec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1.36"}]}}',
    ),
    CALM,
    give(
      '{apiVersion: batch/v1, kind: Job, metadata: {name: sum}, spec: {parallelism: 2, completions: 2, manualSelector: true, selector: {matchLabels: {app: sum}}, template: {metadata: {labels: {app: sum}}, spec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1.36"}]}}}}',
    ),
    CALM,
    patch('pods early', '{metadata: {labels: {app: null}}}'),
    CALM,
  ),
  scenario(
    'a job in a hurry is suspended',
    give(job('', 'activeDeadlineSeconds: 8, ')),
    CALM,
    patch('jobs sum', '{spec: {suspend: true}}'),
    wait(5),
    patch('jobs sum', '{spec: {suspend: false}}'),
    wait(10),
    CALM,
  ),
  scenario(
    'a job in a namespace without room',
    give('{apiVersion: v1, kind: ResourceQuota, metadata: {name: room}, spec: {hard: {pods: "1"}}}'),
    CALM,
    give(job('', 'parallelism: 2, completions: 2, ')),
    wait(2),
  ),
  scenario(
    'a job in the foreground of its deletion',
    give(job('', 'parallelism: 2, ')),
    CALM,
    remove('jobs sum', { propagationPolicy: 'Foreground' }),
    CALM,
  ),
  scenario(
    'a job in two minds about its pods',
    give(job('', 'parallelism: 2, ')),
    CALM,
    remove('jobs sum', { propagationPolicy: 'Orphan' }),
    CALM,
  ),
  scenario(
    'a cron job in which the last one still runs',
    give(cronJob('schedule: "* * * * *", concurrencyPolicy: Forbid', '')),
    wait(126),
    CALM,
  ),
  scenario(
    'a cron job in which the last one is replaced',
    give(cronJob('schedule: "* * * * *", concurrencyPolicy: Replace', '')),
    wait(126),
    CALM,
  ),
  scenario(
    'a cron job in another zone that forgets',
    give(cronJob('schedule: "* * * * *", timeZone: Asia/Kolkata, successfulJobsHistoryLimit: 1')),
    wait(130),
    CALM,
  ),
  scenario('a cron job in vain', give(cronJob('schedule: "59 23 31 2 *"')), CALM),
  scenario('a cron job that is suspended', give(cronJob('schedule: "* * * * *", suspend: true')), CALM),
  scenario('a cron job runs each minute', give(cronJob('schedule: "* * * * *"')), wait(66), CALM),
];
