import { giveUpOnCluster } from '../clusters/context/known-attempts.js';
import { WorkerPool } from '../clusters/sim/worker-pool.js';
import { cardNames } from '../labs/cards/queue.js';
import { curriculum } from '../labs/content/curriculum.js';
import { spaceOf } from '../labs/content/space.js';
import type { Certification, Lab } from '../labs/format/lab.js';
import { HomeError, homeDirectory, writableFolder } from '../labs/home.js';
import { openElsewhere } from '../labs/journal/lock.js';
import { journalPath } from '../labs/journal/place.js';
import type { Journal } from '../labs/journal/reader.js';
import { factsOf, lessonFacts } from '../labs/progress/facts-of.js';
import { historyOf } from '../labs/progress/history.js';
import type { HistoryFacts, LessonFacts } from '../labs/progress/history-facts.js';
import { byLab, isOpen, type Progress } from '../labs/progress/model.js';
import { ProgressStore } from '../labs/progress/store.js';
import type { LiveSession } from '../labs/session/live-session.js';
import type { AttemptOptions } from '../labs/session/open-attempt.js';
import { worldOptions } from '../labs/session/world.js';
import type { ExamWishes } from '../ui/exam-ports.js';
import type { CatalogueView, InterruptedAttempt, LabSession, OpenSessionOptions, ScreenPorts } from '../ui/ports.js';
import { runScreens } from '../ui/run-screens.js';
import { type ContentIo, catalogueOf, decksOf, lessonsOf } from './content.js';
import { catalogueExams, examPorts, interruptedExams } from './exam/exam-ports.js';
import type { RealExamPlan } from './exam/plan-real-exam.js';
import { findLab, instanceOf, leftOut } from './find-lab.js';
import { type CommandIo, tell } from './io.js';
import { lessonPorts } from './learn/lesson-ports.js';
import type { RealChoice } from './real/cluster-option.js';
import type { RealPlace } from './real/real-ports.js';
import { type AdaptedSession, adapt } from './run/lab-session.js';
import { OwnEditor } from './run/own-editor.js';
import { type PracticeParts, withPractice } from './run/practice.js';
import { VERSION } from './version.js';
import { speakChosen } from './words/choose-words.js';

/** What the screens begin with when it is not the catalogue. */
export interface OpenAt {
  readonly lab: string;
  readonly seed?: string | undefined;
  readonly fromBase?: boolean;
  /** Files are edited in the person's own editor. */
  readonly ownEditor?: boolean;
  /** Labs begin on this real cluster; `yes`: whatever is asked of it is answered so. */
  readonly real?: { readonly choice: RealChoice; readonly yes: boolean };
}

/** What the screens begin with when it is to learn something. */
export type LearnAt =
  | { readonly lessons: true; readonly lesson: string | undefined; readonly anew: boolean }
  | { readonly review: true; readonly certification: Certification | undefined };

/** Opens the screens; resolves to the exit code. */
export async function openScreens(
  io: CommandIo,
  at?: OpenAt | LearnAt | { readonly exam: ExamWishes; readonly real?: RealExamPlan },
): Promise<number> {
  const home = homeDirectory(io.environment);
  const progress = ProgressStore.open(home);
  const { labs, problems } = catalogueOf(io);
  const words = await speakChosen(io.environment);
  const notices = [...words, ...progress.notices, ...unwritable(home), ...leftOut(problems)];
  const begin = at && ('lab' in at ? { id: at.lab, seed: at.seed } : at);
  const threads = new WorkerPool({ idleMax: 1 });
  const editor = OwnEditor.of(io.environment);
  /** What of real clusters could not be put back. */
  const left: string[] = [];
  const told: string[] = [];
  const stays = new Map<string, string>();
  const place = { labs, home, progress, environment: io.environment, left, stays };
  const exams = examPorts(place, at && 'exam' in at ? at.real : undefined);
  try {
    const { fromBase = false, ownEditor = false, real } = at && 'lab' in at ? at : {};
    const attempts = { home, progress, program: VERSION, ownEditor, where: { thread: threads } };
    const prepare = (): void => void (real ?? threads.prepare(worldOptions('three-node', '1')));
    const realPlace: RealPlace = {
      ...place,
      ...attempts,
      ...io,
      places: quiet(io),
      yes: real?.yes ?? false,
      left,
      told,
    };
    const ports = portsOf(labs, attempts, editor, realPlace, real?.choice);
    const learning = learnPorts(io, attempts, editor, at && 'review' in at ? at.certification : undefined);
    const catalogue = (): CatalogueView => {
      const view = ports.catalogue();
      return { ...view, exams: catalogueExams(place), unfinished: [...interruptedExams(place), ...view.unfinished] };
    };
    return await runScreens(
      io,
      {
        ...ports,
        ...learning,
        catalogue,
        notices: [...notices, ...(at && ('lessons' in at || 'review' in at) ? learnNotices(io, at) : [])],
        prepare,
        fromBase,
        exams: exams.ports,
      },
      begin,
    );
  } finally {
    editor?.stop();
    await Promise.all([threads.close(), exams.end()]);
    for (const line of [...told, ...stays.values(), ...left.map((one) => `Not put back: ${one}`)]) tell(io, line);
  }
}

/** Lessons and cards; they are read when somebody wants them, for most starts are for labs. */
function learnPorts(
  io: CommandIo,
  attempts: Omit<AttemptOptions, keyof OpenSessionOptions>,
  editor: OwnEditor | undefined,
  certification: Certification | undefined,
): Pick<ScreenPorts, 'lessons' | 'review'> {
  return {
    lessons: lessonPorts(
      () => lessonsOf(quiet(io)).lessons,
      attempts,
      (live) => adapt(live, editor),
    ),
    review: async () => {
      const { reviewPorts } = await import('./learn/review-ports.js');
      const about = certification === undefined ? {} : { certification };
      return reviewPorts(decksOf(quiet(io)).decks, { progress: attempts.progress, ...about });
    },
  };
}

/** What is to be said of files of lessons or cards that cannot be read, to whoever wants those. */
function learnNotices(io: CommandIo, at: LearnAt): string[] {
  return leftOut(('review' in at ? decksOf(quiet(io)) : lessonsOf(quiet(io))).problems);
}

/** Where labs are, without the standard error: on the screens nothing may be written there. */
function quiet({ environment, content = [] }: CommandIo): ContentIo {
  return { environment, content };
}

/** What to say of a home in which nothing can be kept. */
function unwritable(home: string): string[] {
  try {
    writableFolder(home);
    return [];
  } catch (error) {
    if (error instanceof HomeError) return [`No attempt can be begun or kept: ${error.message}`];
    throw error;
  }
}

function portsOf(
  labs: readonly Lab[],
  attempts: Omit<AttemptOptions, keyof OpenSessionOptions>,
  editor: OwnEditor | undefined,
  realPlace: RealPlace,
  real: RealChoice | undefined,
): Omit<ScreenPorts, 'notices' | 'prepare'> {
  const { home, progress } = attempts;
  const { places } = realPlace;
  const attemptOptions = (open: OpenSessionOptions): AttemptOptions => ({ ...attempts, ...open });
  const parts: PracticeParts = { options: attemptOptions, adapt: (live) => adapt(live, editor) };
  const practised = (live: LiveSession): LabSession => withPractice(parts.adapt(live), parts);
  /** Attempts whose journal the person knows to be damaged. */
  const damaged = new Set<string>();
  const learning = learningFacts(progress, places);
  return {
    catalogue: () => catalogueView(labs, progress, home, learning),
    discard: (id) => {
      // Who has it open still needs it.
      if (openElsewhere(journalPath(home, id))) return;
      const attempt = progress.progress.attempts.find((one) => one.id === id);
      if (attempt) progress.save({ ...attempt, finished: true });
      giveUpOnCluster(home, id);
    },
    start: async (id, seed, open) => {
      if (real) return (await import('./real/real-ports.js')).startReal(realPlace, real, { id, seed }, open);
      const { startAttempt } = await import('../labs/session/open-attempt.js');
      return practised(await startAttempt(await instanceOf(findLab(id, places), seed), attemptOptions(open)));
    },
    resume: async (id, open) => {
      const { resumeAttempt } = await import('../labs/session/open-attempt.js');
      const journal = await readKnown(home, id, damaged);
      if (journal.header.real) return (await import('./real/real-ports.js')).resumeReal(realPlace, journal, id, open);
      const instance = await instanceOf(findLab(journal.header.lab, places), journal.header.seed);
      return practised(await resumeAttempt(journal, instance, id, attemptOptions(open)));
    },
    rebuild: async (session, open) => {
      const { rebuildAttempt } = await import('../labs/session/open-attempt.js');
      return practised(await rebuildAttempt((session as AdaptedSession).live, attemptOptions(open)));
    },
  };
}

/** Reads a journal; a damaged one as far as it is sound, once the person has been told and has chosen it again. */
async function readKnown(home: string, id: string, damaged: Set<string>): Promise<Journal> {
  const { DamagedJournalError, readJournal } = await import('../labs/journal/reader.js');
  try {
    return readJournal(journalPath(home, id), damaged.has(id) ? 'sound' : 'whole');
  } catch (error) {
    if (error instanceof DamagedJournalError) damaged.add(id);
    throw error;
  }
}

/** Lessons and cards for the history, read once, and only for somebody who has had any. */
function learningFacts(store: ProgressStore, places: ContentIo): Pick<HistoryFacts, 'lessons' | 'cards'> {
  let lessons: readonly LessonFacts[] | undefined;
  let cards: ReadonlySet<string> | undefined;
  const readLessons = (): readonly LessonFacts[] => (lessons ??= lessonsOf(places).lessons.map(lessonFacts));
  return {
    lessons: () => (Object.keys(store.progress.lessons).length === 0 ? [] : readLessons()),
    cards: () => (cards ??= cardNames(decksOf(places).decks)),
  };
}

/** The catalogue of these labs, with what was reached in them. */
export function catalogueView(
  labs: readonly Lab[],
  { progress }: ProgressStore,
  home: string,
  learning: Pick<HistoryFacts, 'lessons' | 'cards'> = {},
): CatalogueView {
  const reached = new Map(byLab(progress).map((one) => [one.lab, one]));
  const views = labs.map(({ id, content: { metadata, spec } }) => {
    const mine = reached.get(id);
    return {
      id,
      name: nameIn(spaceOf(id), metadata.name),
      title: metadata.title,
      certification: spec.certification,
      domain: spec.domain,
      difficulty: spec.difficulty,
      minutes: spec.minutes,
      points: spec.checks.filter(({ when }) => !when).reduce((sum, check) => sum + (check.points ?? 0), 0),
      best: mine?.best,
      attempts: mine?.attempts ?? 0,
      passed: mine?.passed ?? false,
      last: mine?.last,
    };
  });
  const facts = factsOf(labs, curriculum());
  const history = historyOf(progress, { ...facts, ...learning }, Date.now());
  const unfinished = unfinishedAttempts(labs, progress, home);
  return { domains: facts.domains, labs: views, exams: [], unfinished, history };
}

/** A lab of one's own is seen to be one. */
function nameIn(space: string | undefined, name: string): string {
  return space === undefined ? name : `${space}:${name}`;
}

function unfinishedAttempts(labs: readonly Lab[], { attempts }: Progress, home: string): InterruptedAttempt[] {
  return attempts
    .filter(isOpen)
    .map(({ id, lab, seed, started, cluster }) => {
      const title = labs.find((one) => one.id === lab)?.content.metadata.title ?? lab;
      const holder = openElsewhere(journalPath(home, id));
      const open = holder ? ` (open in another kubedrill, process ${holder.pid})` : '';
      // In front: what is too long for a row is cut at its end.
      const where = cluster === undefined ? '' : `${cluster}: `;
      return { id, lab, title: `${where}${title}${open}`, seed, started, elsewhere: holder !== undefined, cluster };
    })
    .reverse();
}
