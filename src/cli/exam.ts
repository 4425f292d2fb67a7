import { InvalidArgumentError, Option } from 'commander';
import type { ExamWishes } from '../ui/exam-ports.js';
import type { CliCommand } from './command.js';
import type { RealExamPlan } from './exam/plan-real-exam.js';
import { readSeed } from './find-lab.js';
import { atTerminal, type CommandIo, UsageError } from './io.js';
import { type ClusterOptions, clusterOptions, type RealChoice, readCluster } from './real/cluster-option.js';

interface ExamCommandOptions {
  readonly seed?: string;
  readonly minutes?: number;
  readonly halfTime?: boolean;
  readonly coach?: boolean;
  readonly interruptions: 'count' | 'pause';
}

const MINUTES_MAX = 600;

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
        const { seed, minutes, halfTime, coach, interruptions, cluster, yes } = options;
        const choice = readCluster(cluster);
        const { certificationOf } = await import('./exam/exam-ports.js');
        const wishes: ExamWishes = {
          certification: certificationOf(name),
          seed: seed === undefined ? undefined : readSeed(seed),
          minutes,
          halfTime: halfTime === true,
          coach: coach === true,
          interruptions,
          cluster: choice && cluster,
        };
        if (!atTerminal(io)) throw new UsageError('`exam` needs a terminal.');
        const { openScreens } = await import('./screens.js');
        exit(
          await openScreens(io, { exam: wishes, ...(choice ? { real: await planned(io, wishes, choice, yes) } : {}) }),
        );
      });
  },
};

/** On a real cluster it is looked first what can be done there: what cannot is refused before anything is shown. */
async function planned(io: CommandIo, wishes: ExamWishes, choice: RealChoice, yes = false): Promise<RealExamPlan> {
  const { planRealExam } = await import('./exam/plan-real-exam.js');
  return planRealExam(io, wishes, choice, yes);
}

function readMinutes(text: string): number {
  const minutes = Number(text);
  if (!/^\d+$/.test(text) || minutes < 1 || minutes > MINUTES_MAX)
    throw new InvalidArgumentError(`Minutes are a whole number from 1 to ${MINUTES_MAX}.`);
  return minutes;
}
