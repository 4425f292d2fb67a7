import { giveUpOnCluster } from '../../clusters/context/known-attempts.js';
import { giveUpExam, type UnfinishedExam, unfinishedExams } from '../../labs/exam/unfinished-exams.js';
import { type LockHolder, openElsewhere } from '../../labs/journal/lock.js';
import { journalPath } from '../../labs/journal/place.js';
import { isLesson, LESSONS, lessonName } from '../../labs/lesson/lesson.js';
import { type Attempt, NO_PROGRESS, type Progress } from '../../labs/progress/model.js';
import { counted } from '../../ui/screens/words.js';
import { type CommandIo, ExpectedError, say } from '../io.js';
import { agreed } from './ask.js';
import { contentsText } from './move-progress.js';
import { openProgress } from './read-progress.js';

/** Removes all progress, or the attempts at one lab, once the person has agreed. A copy is kept. */
export async function resetProgress(
  { lab, yes }: { readonly lab?: string; readonly yes?: boolean },
  io: CommandIo,
): Promise<void> {
  if (lab !== undefined) return resetLab(lab, yes, io);
  const { home, store } = openProgress(io);
  const { attempts } = store.progress;
  const exams = unfinishedExams(home, store);
  const nothing = contentsText(store.progress) === contentsText(NO_PROGRESS);
  if (nothing && exams.length === 0) return say(io, 'There is no progress yet; nothing was changed.');
  refuseOpen(home, attempts, exams);
  const unfinished = exams.length === 0 ? '' : `, and gives up ${counted(exams.length, 'unfinished exam')}`;
  if (!(await agreedTo(`${contentsText(store.progress)} from ${home}${unfinished}`, yes, io))) return;
  // Without its result an exam would be one that may be gone on with. Where one cannot be given up all stays as it was.
  const all = unfinishedExams(home, { progress: NO_PROGRESS }).map(({ id }) => id);
  for (const id of all) if (!exams.some((exam) => exam.id === id)) giveUpExam(home, id);
  const backup = store.exchange('reset', () => NO_PROGRESS);
  for (const { id } of exams) giveUpExam(home, id);
  for (const { id } of [...attempts, ...exams]) giveUpOnCluster(home, id);
  say(io, `Removed. What was there is kept as ${backup}.`);
}

async function resetLab(named: string, yes: boolean | undefined, io: CommandIo): Promise<void> {
  const { home, store } = openProgress(io);
  const lab = triedLab(named, store.progress);
  const lesson = isLesson(lab) ? lessonName(lab) : undefined;
  const goes = (attempt: Attempt): boolean => attempt.lab === lab;
  const attempts = store.progress.attempts.filter(goes);
  refuseOpen(home, attempts, []);
  const what = lesson === undefined ? lab : `the lesson ${lesson}, and how far you are in it,`;
  if (!(await agreedTo(`${counted(attempts.length, 'attempt')} at ${what} from ${home}`, yes, io))) return;
  const backup = store.exchange('reset', (current) => ({
    ...current,
    attempts: current.attempts.filter((attempt) => !goes(attempt)),
    lessons: Object.fromEntries(Object.entries(current.lessons).filter(([name]) => name !== lesson)),
  }));
  for (const { id } of attempts) giveUpOnCluster(home, id);
  say(io, `Removed. What was there is kept as ${backup}.`);
}

/** Whether the person agrees to have something removed, once they know what. */
async function agreedTo(what: string, yes: boolean | undefined, io: CommandIo): Promise<boolean> {
  say(io, `This removes ${what}.`);
  say(io, 'A copy is kept, which `kubedrill progress import` takes in again.');
  const agrees = await agreed('Remove it?', yes, io);
  if (!agrees) say(io, 'Nothing was changed.');
  return agrees;
}

/** The lab or lesson a person means, by its name or the end of it, among those that were tried. */
function triedLab(named: string, { attempts, lessons }: Progress): string {
  const learnt = Object.keys(lessons).map((name) => name.replace('/', LESSONS));
  const labs = [...new Set([...attempts.map((attempt) => attempt.lab), ...learnt])];
  const isMeant = (one: string): boolean => one === named || (isLesson(one) && lessonName(one) === named);
  const exact = labs.filter(isMeant);
  const [id, other] = exact.length > 0 ? exact : labs.filter((one) => one.endsWith(`/${named}`));
  if (id === undefined)
    throw new ExpectedError(`There is no attempt at ${named}; \`kubedrill progress\` shows what was tried.`);
  if (other !== undefined) throw new ExpectedError(`${named} may be ${id} or ${other}; write one of them.`);
  return id;
}

/** What somebody works at would come back with their next grade. */
function refuseOpen(home: string, attempts: readonly Attempt[], exams: readonly UnfinishedExam[]): void {
  const open: (readonly [string, LockHolder | undefined])[] = [
    ...attempts.map(({ id, lab }) => [lab, openElsewhere(journalPath(home, id))] as const),
    ...exams.map(({ header, holder }) => [header.title, holder] as const),
  ];
  for (const [what, holder] of open)
    if (holder)
      throw new ExpectedError(
        `${what} is open in another kubedrill (process ${holder.pid}); end it there first. Nothing was changed.`,
      );
}
