import { existsSync, writeSync } from 'node:fs';
import { resumeExam } from '../../../../src/labs/exam/begin-exam.js';
import type { ExamSession } from '../../../../src/labs/exam/exam-session.js';
import { unfinishedExams } from '../../../../src/labs/exam/unfinished-exams.js';
import { journalPath } from '../../../../src/labs/journal/place.js';
import { readJournal } from '../../../../src/labs/journal/reader.js';
import { taskAttempt } from '../../../../src/labs/session/open-attempt.js';
import { ExamCandidate } from '../exam-script.js';
import { beginSmallExam, roomIn } from '../small-exam.js';
import { scriptFor, type Told } from './script.js';

/** Sits an exam in a home from a step of the script on, and tells each step that is done: `sit.ts HOME STEP`. */
const [home = '', from = '0'] = process.argv.slice(2);
const room = roomIn(home);
const [begun] = unfinishedExams(home, room.progress, room.clocks);
const exam = begun ? await resumeExam(begun.id, room) : await beginSmallExam(room);
const script = scriptFor(exam);
const { openedAt, flagged, notes } = exam.state;
tell({ here: { script, opened: [...openedAt.keys()], flagged: [...flagged], notes, typed: typedIn(exam) } });
const candidate = new ExamCandidate(exam);
if (!exam.over) {
  const before = script.slice(0, Number(from)).findLast((step) => 'open' in step);
  if (before) await candidate.step(before);
  for (const [place, step] of script.entries()) {
    if (place < Number(from)) continue;
    await candidate.step(step);
    tell({ done: place });
  }
}
const { record } = await candidate.finish();
tell({ score: { percent: record.percent, points: record.tasks.map(({ points }) => points) } });
await exam.leave();

function tell(told: Told): void {
  writeSync(1, `${JSON.stringify(told)}\n`);
}

function typedIn({ id, header }: ExamSession): Record<number, string> {
  const texts = header.tasks.map(({ number }): [number, string] => {
    const path = journalPath(home, taskAttempt(id, number));
    if (!existsSync(path)) return [number, ''];
    const bytes = readJournal(path).entries.flatMap((entry) =>
      'input' in entry && entry.input.kind === 'type' ? [entry.input.bytes] : [],
    );
    return [number, Buffer.concat(bytes).toString('utf8')];
  });
  return Object.fromEntries(texts);
}
