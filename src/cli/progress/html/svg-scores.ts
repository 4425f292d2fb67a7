import { dayOf, dayText } from '../../../labs/progress/calendar.js';
import type { History } from '../../../labs/progress/history.js';
import { dateText } from '../../../ui/charts/date-text.js';
import { percentText } from '../../../ui/screens/progress-words.js';
import { type Html, html } from './html.js';

const HEIGHT = 190;
const LEFT = 44;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 26;
const TICK = 84;

/** Scores over time: a dot and a line for the mean of each day, a diamond for each exam. Nothing without a score. */
export function scoresSvg({ days, exams }: History, width: number, name: string): Html {
  const scored = days.flatMap(({ day, share }) => (share === undefined ? [] : [{ day, share }]));
  const sat = exams.map(({ graded, percent, title }) => ({
    day: dayOf(Date.parse(graded)),
    share: Math.max(0, Math.min(1, percent / 100)),
    title,
  }));
  const all = [...scored, ...sat].map(({ day }) => day);
  if (all.length === 0) return html``;
  const [first, last] = [Math.min(...all), Math.max(...all)];
  const x = (day: number): number =>
    first === last
      ? LEFT + (width - LEFT - RIGHT) / 2
      : LEFT + ((width - LEFT - RIGHT) * (day - first)) / (last - first);
  const y = (share: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - share);
  const path = scored.map(({ day, share }, index) => `${index === 0 ? 'M' : 'L'}${place(x(day))} ${place(y(share))}`);
  return html`<svg class="${name}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="Score by day practised">
${[0, 0.5, 1].map((share) => gridLine(share, y(share), width))}
${ticks(first, last, width).map((day) => html`<text class="axis" x="${place(x(day))}" y="${HEIGHT - 6}" text-anchor="${anchor(day, first, last)}">${dateText(day)}</text>`)}
<path class="line" d="${path.join('')}"/>
${scored.map(({ day, share }) => html`<circle class="dot" cx="${place(x(day))}" cy="${place(y(share))}" r="3.5"><title>${dayText(day)}: ${percentText(share)}</title></circle>`)}
${sat.map(({ day, share, title }) => html`<path class="exam" d="${diamond(x(day), y(share))}"><title>${dayText(day)}: ${title}, ${percentText(share)}</title></path>`)}
</svg>`;
}

function gridLine(share: number, y: number, width: number): Html {
  return html`<line class="grid" x1="${LEFT}" x2="${width - RIGHT}" y1="${place(y)}" y2="${place(y)}"/><text class="axis" x="${LEFT - 8}" y="${place(y + 4)}" text-anchor="end">${share * 100} %</text>`;
}

/** Days at which a date stands: the first, the last, and as many between as find room. */
function ticks(first: number, last: number, width: number): number[] {
  const gaps = Math.max(1, Math.min(last - first, Math.floor((width - LEFT - RIGHT) / TICK)));
  return first === last
    ? [first]
    : Array.from({ length: gaps + 1 }, (_, at) => Math.round(first + ((last - first) * at) / gaps));
}

function anchor(day: number, first: number, last: number): string {
  if (first === last) return 'middle';
  return day === first ? 'start' : day === last ? 'end' : 'middle';
}

function diamond(x: number, y: number): string {
  return `M${place(x)} ${place(y - 6)}L${place(x + 6)} ${place(y)}L${place(x)} ${place(y + 6)}L${place(x - 6)} ${place(y)}Z`;
}

function place(value: number): string {
  return String(Math.round(value * 10) / 10);
}
