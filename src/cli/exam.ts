import { InvalidArgumentError, Option } from 'commander';
import type { ExamWishes } from '../ui/exam-ports.js';
import type { CliCommand } from './command.js';
import { readSeed } from './find-lab.js';
import { atTerminal, UsageError } from './io.js';
import { type ClusterOptions, clusterOptions, readCluster } from './real/cluster-option.js';

interface ExamCommandOptions {
  readonly seed?: string;
  readonly minutes?: number;
  readonly halfTime?: boolean;
  readonly coach?: boolean;
  readonly interruptions: 'count' | 'pause';
}

const MINUTES_MAX = 600;
const NOT_ON_REAL =
  'An exam is sat on simulated clusters, where each task has hosts and a cluster of its own. On a real cluster take labs one at a time: `kubedrill run LAB --cluster kind`.';

/** `kubedrill exam cka`: a mock exam on the screens. */
export const exam: CliCommand = {
  name: 'exam',
  declare(command, io, exit) {
    clusterOptions(command)
      .description('sit a mock exam: many tasks, one clock, graded at the end')
      .argument('<certification>', 'cka, ckad or cks')
      .option('--seed <number>', 'which exam: the same seed draws the same tasks')
      .option('--minutes <number>', 'how long it takes, in place of what the real one does', readMinutes)
      .option('--half-time', 'the same tasks in half of the minutes')
      .option('--coach', 'show how many minutes you are over your plan')
      .addOption(
        new Option('--interruptions <which>', 'whether time counts while kubedrill is closed or the computer sleeps')
          .choices(['count', 'pause'])
          .default('pause'),
      )
      .action(async (name: string, options: ExamCommandOptions & ClusterOptions) => {
        const { seed, minutes, halfTime, coach, interruptions, cluster } = options;
        if (readCluster(cluster)) throw new UsageError(NOT_ON_REAL);
        const { certificationOf } = await import('./exam/exam-ports.js');
        const wishes: ExamWishes = {
          certification: certificationOf(name),
          seed: seed === undefined ? undefined : readSeed(seed),
          minutes,
          halfTime: halfTime === true,
          coach: coach === true,
          interruptions,
        };
        if (!atTerminal(io)) throw new UsageError('`exam` needs a terminal.');
        const { openScreens } = await import('./screens.js');
        exit(await openScreens(io, { exam: wishes }));
      });
  },
};

function readMinutes(text: string): number {
  const minutes = Number(text);
  if (!/^\d+$/.test(text) || minutes < 1 || minutes > MINUTES_MAX)
    throw new InvalidArgumentError(`Minutes are a whole number from 1 to ${MINUTES_MAX}.`);
  return minutes;
}
