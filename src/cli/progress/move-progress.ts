import { existsSync } from 'node:fs';
import { unfinishedExams } from '../../labs/exam/unfinished-exams.js';
import { journalPath } from '../../labs/journal/place.js';
import { archiveText, readArchive } from '../../labs/progress/archive.js';
import { changesAnything, type Merged, mergeProgress, type ProgressMerge } from '../../labs/progress/merge.js';
import { isOpen, type Progress } from '../../labs/progress/model.js';
import type { ProgressStore } from '../../labs/progress/store.js';
import { counted } from '../../ui/screens/words.js';
import { type CommandIo, ExpectedError, say } from '../io.js';
import { VERSION } from '../version.js';
import { agreed } from './ask.js';
import { readNamed, STANDARD_OUTPUT, writeNamed } from './own-file.js';
import { openProgress } from './read-progress.js';

/** Writes all progress into a file that another kubedrill can import. */
export function exportProgress(file: string, io: CommandIo): void {
  const { home, store } = openProgress(io);
  const { progress } = store;
  const text = archiveText(progress, VERSION, new Date().toISOString());
  if (file === STANDARD_OUTPUT) return void io.stdout.write(text);
  writeNamed(file, text);
  say(io, `${file} holds ${contentsText(progress)}. \`kubedrill progress import\` takes it in.`);
  const unfinished = unfinishedText(home, store);
  if (unfinished !== '')
    say(io, `What was typed in unfinished ${unfinished} is not in it: that can be gone on with here only.`);
}

/** What there is that can be gone on with: `attempts and exams`. Tasks of an exam go with it, and of lessons the last counts. */
function unfinishedText(home: string, store: ProgressStore): string {
  const { attempts, lessons } = store.progress;
  const lesson = Object.values(lessons).map(({ attempt }) => attempt);
  const kinds: [boolean, string][] = [
    [attempts.some(isOpen), 'attempts'],
    [unfinishedExams(home, store).length > 0, 'exams'],
    [attempts.some(({ id, finished }) => !finished && lesson.includes(id)), 'lessons'],
  ];
  return listed(kinds.flatMap(([there, name]) => (there ? [name] : [])));
}

/** Takes the progress of a file in, once the person has seen what that would do and agreed. */
export async function importProgress(file: string, yes: boolean | undefined, io: CommandIo): Promise<void> {
  const archive = readArchive(readNamed(file));
  if (archive.refusal !== undefined)
    throw new ExpectedError(`${file} cannot be imported: ${archive.refusal}. Nothing was changed.`);
  const { home, store } = openProgress(io);
  const goesOn = (id: string): boolean => existsSync(journalPath(home, id));
  const merge = (current: Progress): ProgressMerge => mergeProgress(current, archive.progress, goesOn);
  const planned = merge(store.progress);
  const when = archive.exported === undefined ? '' : `, exported ${archive.exported.slice(0, 10)}`;
  say(io, `${file} holds ${contentsText(archive.progress)}${when}.`);
  if (!changesAnything(planned)) return say(io, 'All of it is here already; nothing was changed.');
  for (const line of planText(planned)) say(io, `  ${line}`);
  if (!(await agreed('Import it?', yes, io))) return say(io, 'Nothing was changed.');
  const backup = store.exchange('import', (current) => merge(current).progress);
  say(io, `Imported. What was here before is kept as ${backup}.`);
}

/** `12 attempts, 1 exam, 2 lessons and 30 cards`, or `nothing` */
export function contentsText({ attempts, exams, lessons, cards }: Progress): string {
  const parts: [number, string][] = [
    [attempts.length, 'attempt'],
    [exams.length, 'exam'],
    [Object.keys(lessons).length, 'lesson'],
    [Object.keys(cards).length, 'card'],
  ];
  return listed(parts.filter(([count]) => count > 0).map(([count, noun]) => counted(count, noun))) || 'nothing';
}

function planText({ attempts, exams, lessons, cards, closed }: ProgressMerge): string[] {
  const kinds: [string, Merged][] = [
    ['attempt', attempts],
    ['exam', exams],
    ['lesson', lessons],
    ['card', cards],
  ];
  const of = (pick: keyof Merged): string =>
    listed(kinds.filter(([, merged]) => merged[pick] > 0).map(([noun, merged]) => counted(merged[pick], noun)));
  const lines: [string, string][] = [
    ['new here:', of('added')],
    ['further there than here:', of('newer')],
    ['here already, and kept:', of('same')],
    ['unfinished, and to be ended, since what was typed is not here:', closed === 0 ? '' : counted(closed, 'attempt')],
  ];
  return lines.filter(([, what]) => what !== '').map(([says, what]) => `${says} ${what}`);
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
