import { exams } from '../../labs/content/exam.js';
import type { ExamSession, FinishedExam } from '../../labs/exam/exam-session.js';
import type { SatExam } from '../../labs/exam/sat-exam.js';
import type { LiveSession } from '../../labs/session/live-session.js';
import type { ExamResultView, ExamSitting, ExamTaskView, ExamView } from '../../ui/exam-ports.js';
import { type AdaptedSession, adapt, labView } from '../run/lab-session.js';

/** An exam as the screens see it. */
export function sittingOf(session: ExamSession): ExamSitting {
  const sessions = new Map<LiveSession, AdaptedSession>();
  const adapted = (live: LiveSession): AdaptedSession => {
    const known = sessions.get(live) ?? adapt(live, undefined);
    sessions.set(live, known);
    return known;
  };
  const view = viewOf(session);
  return sittingAround(session, view, {
    open: async (number, options) => adapted(await session.open(number, options)),
    rebuild: async (number, options) => adapted(await session.rebuild(number, options)),
    prepare: (number) => session.prepare(number),
    finish: async (ending, onStep) => resultOf(view, await session.finish(ending, onStep)),
    leave: () => session.leave(),
  });
}

/** What is the same of every exam that is sat, around what is done with its tasks. */
export function sittingAround(
  session: SatExam,
  view: ExamView,
  tasks: Pick<ExamSitting, 'open' | 'rebuild' | 'prepare' | 'finish' | 'leave' | 'putBack'>,
): ExamSitting {
  return {
    ...tasks,
    view,
    get standing() {
      const { current, openedAt, flagged, notes, ended } = session.state;
      // One that was given up is not taken up again.
      const how = ended === 'given-up' ? undefined : ended;
      return { current, opened: [...openedAt.keys()], flagged: [...flagged], notes, ended: how };
    },
    get remainingSeconds() {
      return Math.ceil(session.remaining / 1000);
    },
    spentSeconds: (number) => (session.state.spent.get(number) ?? 0) / 1000,
    flag: (number, on) => session.flag(number, on),
    takeNotes: (notes) => session.takeNotes(notes),
    onOver: (listener) => session.onOver(listener),
    onTrouble: (listener) => session.onTrouble(listener),
  };
}

/** What is settled of an exam, as the screens see it. */
export function viewOf({ id, header, instances }: SatExam): ExamView {
  const { title, certification, seed, minutes, passPercent, coach, interruptions } = header;
  const { sites, quick_reference } = exams()[certification];
  return {
    id,
    title,
    certification,
    seed,
    minutes,
    passPercent,
    coach,
    interruptions,
    sites,
    quickReference: quick_reference,
    tasks: header.tasks.flatMap(({ number, weight }, index): ExamTaskView[] => {
      const instance = instances[index];
      return instance ? [{ number, weight, host: instance.host, view: labView(instance) }] : [];
    }),
  };
}

/** An exam's result as the screens see it. */
export function resultOf(view: ExamView, { record, tasks }: FinishedExam): ExamResultView {
  const { percent, passed, ending, seconds, domains } = record;
  return {
    percent,
    passed,
    ending,
    seconds,
    domains,
    tasks: view.tasks.map(({ number, weight, host, view: lab }, index) => {
      const kept = record.tasks[index];
      return {
        number,
        weight,
        host,
        view: lab,
        points: kept?.points ?? 0,
        total: kept?.total ?? lab.points,
        seconds: kept?.seconds ?? 0,
        graded: tasks[index]?.graded,
        typed: tasks[index]?.typed ?? [],
      };
    }),
  };
}
