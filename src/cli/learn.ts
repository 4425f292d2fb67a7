import type { Lessons } from '../labs/content/find-learning.js';
import type { CliCommand } from './command.js';
import { lessonsOf } from './content.js';
import { leftOut } from './find-lab.js';
import { atTerminal, type CommandIo, say, tell } from './io.js';
import { openProgress } from './progress/read-progress.js';

/** `kubedrill learn [LESSON]`: lessons on the screens; without a terminal the list of them. */
export const learn: CliCommand = {
  name: 'learn',
  declare(command, io, exit) {
    command
      .description('learn by lessons: something to know, something to do, checked as soon as it is done')
      .argument('[lesson]', 'such as cka/from-a-pod-to-a-deployment; the list of lessons when left out')
      .option('--anew', 'begin the lesson anew, on a fresh cluster')
      .action(async (name: string | undefined, { anew }: { readonly anew?: boolean }) => {
        const { lessons, problems } = lessonsOf(io);
        const { findLesson } = await import('./learn/find-lesson.js');
        const lesson = name === undefined ? undefined : findLesson(name, lessons);
        if (!atTerminal(io)) {
          for (const line of leftOut(problems)) tell(io, line);
          return sayLessons(io, lessons, lesson);
        }
        const { openScreens } = await import('./screens.js');
        exit(await openScreens(io, { lessons: true, lesson, anew: anew === true }));
      });
  },
};

/** Lessons and how far the person is in them, a line each. */
async function sayLessons(io: CommandIo, lessons: Lessons['lessons'], only: string | undefined): Promise<void> {
  const { lessonPorts } = await import('./learn/lesson-ports.js');
  const { home, store: progress } = openProgress(io);
  const never = (): never => {
    throw new Error('nothing is opened without a terminal');
  };
  const rows = lessonPorts(() => lessons, { home, progress, program: '' }, never).list();
  const shown = rows.filter(({ id }) => only === undefined || id === only);
  const width = Math.max(0, ...shown.map(({ id }) => id.length));
  for (const { id, title, minutes, steps, done, finished } of shown) {
    const far = finished ? 'done' : done > 0 ? `${done} of ${steps} steps` : `${steps} steps`;
    say(io, `${id.padEnd(width)}  ${far.padEnd(12)} ${String(minutes).padStart(3)} min  ${title}`);
  }
  if (only !== undefined) tell(io, 'A lesson is done on the screens, which need a terminal.');
}
