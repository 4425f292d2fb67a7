import { check } from './check.js';
import { cluster } from './cluster.js';
import type { CliCommand } from './command.js';
import { demo } from './demo.js';
import { doctor } from './doctor.js';
import { exam } from './exam.js';
import { learn } from './learn.js';
import { list } from './list.js';
import { newLab } from './new.js';
import { preview } from './preview.js';
import { progress } from './progress.js';
import { replay } from './replay.js';
import { review } from './review.js';
import { run } from './run.js';
import { serve } from './serve.js';
import { shell } from './shell.js';
import { tryLab } from './try.js';

/** Every command, in the order in which --help shows them. */
export const COMMANDS: readonly CliCommand[] = [
  check,
  cluster,
  demo,
  doctor,
  exam,
  learn,
  list,
  newLab,
  preview,
  progress,
  replay,
  review,
  run,
  serve,
  shell,
  tryLab,
];
