import type { ExamOffer } from '../exam-ports.js';
import { type Line, spread } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { inline } from '../markdown/markdown.js';
import { counted } from './words.js';

/** The header of the page before an exam. */
export function examStartHeader({ title, seed }: ExamOffer, columns: number): Line {
  return spread([{ text: ` ${title}`, style: 'heading' }], [{ text: `seed ${seed} `, style: 'dim' }], columns);
}

/** What somebody should know before an exam begins. */
export function examStartLines(offer: ExamOffer, columns: number): Line[] {
  const { tasks, minutes, passPercent, name } = offer;
  return [
    ...insteadLines(offer, columns),
    ...wrapped(`**${counted(tasks, 'task')} · ${counted(minutes, 'minute')} · ${passPercent} % passes**`, columns),
    ...wrapped(name, columns),
    [],
    ...rules(offer).flatMap((rule) => item(rule, columns)),
    [],
    ...wrapped('You may open these sites, as in the real exam:', columns),
    ...offer.sites.map((site): Line => [{ text: '     ' }, { text: site, link: `https://${site}` }]),
  ];
}

function insteadLines({ insteadOf, title }: ExamOffer, columns: number): Line[] {
  if (!insteadOf) return [];
  const text = `For a whole ${insteadOf.title} ${counted(insteadOf.lacks, 'lab')} too few are here. This is a shorter one, the ${title}.`;
  return [...wrapLine([{ text: '   ' }, { text, style: 'attention' }], columns - 1, 3), []];
}

function rules({ interruptions, coach, again }: ExamOffer): string[] {
  return [
    'Each task is done on a host of its own, and says which. You begin on `base`, which has no tools: go there with `ssh`, and `exit` before the next task.',
    'What is done on a wrong host earns nothing.',
    'Checks earn points one by one; each task weighs what its header says. Order does not matter, and what is not opened earns nothing.',
    'There are no titles, no hints and no reset. Nothing is told of points before the end.',
    'F6 and F7 go from task to task, F8 jumps, F5 flags, F9 is a notepad. F10 finishes before the time is over.',
    interruptions === 'count'
      ? 'The clock **runs on** while kubedrill is closed or the computer sleeps, as in the real exam; `i` changes that.'
      : 'The clock **stands still** while kubedrill is closed or the computer sleeps; `i` changes that.',
    ...(coach ? ['The header tells how many minutes you are over your plan; `c` takes that away.'] : []),
    ...(again > 0 ? [`${counted(again, 'task')} stood in one of your last exams too: there are no others yet.`] : []),
  ];
}

function item(text: string, columns: number): Line[] {
  return wrapLine([{ text: '   · ', style: 'dim' }, ...inline(text)], columns - 1, 5);
}

function wrapped(text: string, columns: number): Line[] {
  return wrapLine([{ text: '   ' }, ...inline(text)], columns - 1, 3);
}
