import type { ExamOffer } from '../exam-ports.js';
import { type Line, spread } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { inline } from '../markdown/markdown.js';
import { say } from '../words/words.js';

/** The header of the page before an exam. */
export function examStartHeader({ title, seed }: ExamOffer, columns: number): Line {
  return spread(
    [{ text: ` ${title}`, style: 'heading' }],
    [{ text: `${say('lab.seed', { seed })} `, style: 'dim' }],
    columns,
  );
}

/** What somebody should know before an exam begins. */
export function examStartLines(offer: ExamOffer, columns: number): Line[] {
  const { tasks, minutes, passPercent, name } = offer;
  return [
    ...insteadLines(offer, columns),
    ...wrapped(say('exam-start.facts', { tasks, minutes, percent: passPercent }), columns),
    ...wrapped(name, columns),
    [],
    ...rules(offer).flatMap((rule) => item(rule, columns)),
    [],
    ...wrapped(say('exam-start.sites'), columns),
    ...offer.sites.map((site): Line => [{ text: '     ' }, { text: site, link: `https://${site}` }]),
  ];
}

function insteadLines({ insteadOf, title, real }: ExamOffer, columns: number): Line[] {
  if (!insteadOf) return [];
  const { title: wanted, lacks } = insteadOf;
  const text = real
    ? say('exam-start.instead-real', { wanted, lacks, title, ...real })
    : say('exam-start.instead', { wanted, lacks, title });
  return [...wrapLine([{ text: '   ' }, { text, style: 'attention' }], columns - 1, 3), []];
}

function rules({ interruptions, coach, again, real }: ExamOffer): string[] {
  return [
    ...(real
      ? [say('exam-start.shared', { cluster: real.cluster }), say('exam-start.own-shell'), say('exam-start.set-up')]
      : [say('exam-start.hosts'), say('exam-start.wrong-host')]),
    say('exam-start.points'),
    say('exam-start.no-help'),
    say('exam-start.keys'),
    interruptions === 'count' ? say('exam-start.clock-runs') : say('exam-start.clock-stands'),
    ...(coach ? [say('exam-start.coach')] : []),
    ...(again > 0 ? [say('exam-start.again', { tasks: again })] : []),
  ];
}

function item(text: string, columns: number): Line[] {
  return wrapLine([{ text: '   · ', style: 'dim' }, ...inline(text)], columns - 1, 5);
}

function wrapped(text: string, columns: number): Line[] {
  return wrapLine([{ text: '   ' }, ...inline(text)], columns - 1, 3);
}
