import { answersFolder, type LabInstance } from '../../labs/format/instance.js';
import { substitute } from '../../labs/format/substitute.js';
import { journalPath } from '../../labs/journal/place.js';
import { JournalError } from '../../labs/journal/reader.js';
import { type LessonFile, lessonName } from '../../labs/lesson/lesson.js';
import type { LessonAsLab } from '../../labs/lesson/read-lesson.js';
import type { Attempt } from '../../labs/progress/model.js';
import type { ProgressStore } from '../../labs/progress/store.js';
import { lineBytes } from '../../labs/session/keys.js';
import type { LiveSession } from '../../labs/session/live-session.js';
import type { AttemptOptions } from '../../labs/session/open-attempt.js';
import { scriptSteps } from '../../labs/session/script.js';
import type { LessonPort, LessonPorts, LessonRow, LessonStepView } from '../../ui/learn-ports.js';
import type { LabSession, OpenSessionOptions } from '../../ui/ports.js';
import { instanceOf } from '../find-lab.js';
import { UsageError } from '../io.js';

/** A lesson draws nothing; its machine is the same each time. */
const SEED = '1';

type Options = Omit<AttemptOptions, keyof OpenSessionOptions>;

/** How a live session becomes one of the screens. */
export type Adapt = (live: LiveSession) => LabSession & { readonly live: LiveSession };

/** The screens' ports for lessons, which are read when they are first asked for. */
export function lessonPorts(read: () => readonly LessonAsLab[], options: Options, adapt: Adapt): LessonPorts {
  const { progress } = options;
  let known: readonly LessonAsLab[] | undefined;
  const lessons = (): readonly LessonAsLab[] => {
    known ??= read();
    return known;
  };
  const named = (id: string): LessonAsLab => {
    const lesson = lessons().find((one) => lessonName(one.id) === id);
    if (!lesson) throw new UsageError(`There is no lesson "${id}".`);
    return lesson;
  };
  return {
    list: () => lessons().map((lesson) => rowOf(lesson, progress)),
    open: async (id, anew, open) => {
      const lesson = named(id);
      const instance = await instanceOf(lesson, SEED);
      const before = openAttempt(lesson, progress);
      const all = { ...options, ...open, fromBase: false };
      const resumed = before && !anew ? await goOn(before, instance, all) : undefined;
      if (resumed) return withLesson(resumed, lesson, progress, adapt);
      if (before) progress.save({ ...before, finished: true });
      const { startAttempt } = await import('../../labs/session/open-attempt.js');
      const live = await startAttempt(instance, all);
      keep(lesson, live.id, [], progress);
      return withLesson(live, lesson, progress, adapt);
    },
    rebuild: async (session, open) => {
      const { rebuildAttempt } = await import('../../labs/session/open-attempt.js');
      const { live } = session as ReturnType<Adapt>;
      const lesson = named(lessonName(live.instance.lab.id));
      return withLesson(await rebuildAttempt(live, { ...options, ...open }), lesson, progress, adapt);
    },
  };
}

/** The attempt at a lesson that can be gone on with: of the lesson as its file is now. */
function openAttempt({ id, hash }: LessonAsLab, { progress }: ProgressStore): Attempt | undefined {
  const record = progress.lessons[lessonName(id)];
  return progress.attempts.find((one) => one.id === record?.attempt && !one.finished && one.content === hash);
}

/** Goes on with an attempt; undefined where its journal cannot be gone on with, and the person is told. */
async function goOn({ id }: Attempt, instance: LabInstance, options: AttemptOptions): Promise<LiveSession | undefined> {
  const { readJournal } = await import('../../labs/journal/reader.js');
  const { resumeAttempt } = await import('../../labs/session/open-attempt.js');
  try {
    return await resumeAttempt(readJournal(journalPath(options.home, id)), instance, id, options);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    options.onStep?.('last time’s cluster cannot be rebuilt; the lesson begins anew');
    return undefined;
  }
}

function keep({ id, lesson }: LessonAsLab, attempt: string, done: readonly string[], progress: ProgressStore): void {
  const name = lessonName(id);
  const before = progress.progress.lessons[name];
  const last = new Date().toISOString();
  const ends = lesson.spec.steps.every((step) => done.includes(step.id));
  const finished = before?.finished ?? (ends ? last : undefined);
  progress.saveLesson(name, { attempt, done, last, ...(finished === undefined ? {} : { finished }) });
}

function withLesson(live: LiveSession, lesson: LessonAsLab, progress: ProgressStore, adapt: Adapt): LabSession {
  const id = lessonName(lesson.id);
  const spec = substitute(lesson.lesson.spec, live.instance.values, { answers: answersFolder() });
  const done = (): readonly string[] => progress.progress.lessons[id]?.done ?? [];
  const port: LessonPort = {
    id,
    steps: stepViews(spec, live.instance),
    explains: spec.explains,
    reads: spec.reads ?? [],
    done: done(),
    look: (step) => {
      const ids = spec.steps.find((one) => one.id === step)?.checks?.map((check) => check.id) ?? [];
      return live.look({ checks: live.instance.checks.filter((check) => ids.includes(check.id)), now: true });
    },
    note: (steps) => keep(lesson, live.id, steps, progress),
  };
  const session = adapt(live);
  // What is done to its end is not gone on with.
  const leave: LabSession['leave'] = () => live.leave({ finished: done().length === spec.steps.length });
  return Object.defineProperties(session, { lesson: { value: port }, leave: { value: leave } });
}

function stepViews({ steps }: LessonFile['spec'], { checks, solution }: LabInstance): LessonStepView[] {
  return steps.map((step) => {
    const script = solution.find(({ id }) => id === step.id)?.script ?? '';
    const ids = step.checks?.map(({ id }) => id) ?? [];
    return {
      id: step.id,
      title: step.title,
      text: step.text,
      do: step.do,
      shows: step.shows,
      checks: checks.filter(({ id }) => ids.includes(id)).map(({ id, says }) => ({ id, says })),
      solution: scriptSteps(script).map(({ lines }) => ({
        text: lines.join('\n'),
        bytes: Buffer.from(lines.map(lineBytes).join('')),
      })),
    };
  });
}

function rowOf(lesson: LessonAsLab, progress: ProgressStore): LessonRow {
  const id = lessonName(lesson.id);
  const { metadata, spec } = lesson.lesson;
  const record = progress.progress.lessons[id];
  const open = openAttempt(lesson, progress) !== undefined;
  return {
    id,
    title: metadata.title,
    certification: spec.certification,
    minutes: spec.minutes,
    steps: spec.steps.length,
    done: open ? (record?.done.length ?? 0) : 0,
    finished: record?.finished !== undefined,
    open,
  };
}
