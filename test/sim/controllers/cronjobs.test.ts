import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { formatTime } from '../../../src/sim/api/time.js';
import type { CronJob, CronJobSpec, Job } from '../../../src/sim/api/types/batch.js';
import { CRON_JOBS, JOBS } from '../../../src/sim/controllers/machinery/resource-types.js';
import { MINUTE, SECOND } from '../../../src/sim/kernel/time.js';
import { type Simulation, simulateWithNodes } from './simulation.js';

const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] } };

const cronJob = (spec: Partial<CronJobSpec>): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'tick', namespace: 'default' },
  spec: { schedule: '* * * * *', jobTemplate: { spec: { template } }, ...spec },
});

const start = () => simulateWithNodes(['cronjob-controller'], []);

/** Changes the cron job, and lets the controller see it. */
function change(simulation: Simulation, how: (spec: CronJobSpec) => void): void {
  simulation.change<CronJob>(CRON_JOBS, 'tick', 'default', ({ spec }) => how(spec));
  simulation.advance(5 * SECOND);
}

/** Says of all jobs that they are over. */
function finish(simulation: Simulation, type: 'Complete' | 'Failed'): void {
  const time = formatTime(simulation.now());
  const reason = { lastProbeTime: time, lastTransitionTime: time, status: 'True', reason: 'Test', message: '' };
  const before = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
  for (const job of simulation.list<Job>(JOBS, 'default')) {
    if (job.status?.conditions) continue;
    const over = type === 'Complete' ? { completionTime: time, succeeded: 1 } : { failed: 1 };
    simulation.change<Job>(
      JOBS,
      job.metadata.name ?? '',
      'default',
      (changed) => {
        changed.status = {
          startTime: time,
          ...over,
          conditions: [
            { type: before, ...reason },
            { type, ...reason },
          ],
        };
      },
      'status',
    );
  }
}

const reasons = (simulation: Simulation) => simulation.events('tick').map((event) => event.split(':')[0]);
const names = (simulation: Simulation) => simulation.list<Job>(JOBS, 'default').map(({ metadata }) => metadata.name);

describe('a cron job', () => {
  it('that was suspended for long makes one job for all the times it missed', () => {
    const simulation = start();
    simulation.create(CRON_JOBS, cronJob({ suspend: true }));
    simulation.advance(120 * MINUTE);
    expect(names(simulation)).toEqual([]);
    change(simulation, (spec) => {
      spec.suspend = false;
    });
    expect(reasons(simulation)).toEqual(['TooManyMissedTimes', 'SuccessfulCreate']);
    expect(names(simulation)).toHaveLength(1);
    simulation.advance(MINUTE);
    expect(names(simulation)).toHaveLength(2);
  });

  it('makes no job for a time that is over for longer than the deadline', () => {
    const simulation = start();
    simulation.create(CRON_JOBS, cronJob({ schedule: '0 * * * *', suspend: true, startingDeadlineSeconds: 100 }));
    simulation.advance(62 * MINUTE);
    change(simulation, (spec) => {
      spec.suspend = false;
    });
    expect(names(simulation)).toEqual([]);
    simulation.advance(58 * MINUTE);
    expect(names(simulation)).toHaveLength(1);
  });

  it('keeps as many finished jobs of either kind as it is told', () => {
    const simulation = start();
    simulation.create(CRON_JOBS, cronJob({ successfulJobsHistoryLimit: 2, failedJobsHistoryLimit: 1 }));
    simulation.advance(SECOND);
    for (const type of ['Complete', 'Failed', 'Complete', 'Failed', 'Complete'] as const) {
      simulation.advance(MINUTE);
      finish(simulation, type);
    }
    simulation.advance(5 * SECOND);
    expect(names(simulation)).toHaveLength(3);
    expect(reasons(simulation).filter((reason) => reason === 'SuccessfulDelete')).toHaveLength(2);
    const { status } = simulation.get<CronJob>(CRON_JOBS, 'tick', 'default');
    expect(status).toEqual({ lastScheduleTime: '2026-01-01T00:05:00Z', lastSuccessfulTime: '2026-01-01T00:05:01Z' });
  });

  it('goes by the clocks of its zone, and says so on its jobs', () => {
    const simulation = start();
    simulation.create(CRON_JOBS, cronJob({ schedule: '40 5 * * *', timeZone: 'Asia/Kolkata' }));
    simulation.advance(11 * MINUTE);
    const [job] = simulation.list<Job>(JOBS, 'default');
    expect(job?.metadata.annotations).toEqual({
      'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-01T05:40:00+05:30',
    });
  });
});
