import type { AnsweredCard, CardRating, CardView } from '../learn-ports.js';
import { type Line, type Span, spread } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { inline, markdownLines } from '../markdown/markdown.js';
import type { ReviewState } from '../store/learn-state.js';
import { type PlainKey, say, saySpans } from '../words/words.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The header of a review: what it is about, and how much is left. */
export function reviewHeader({ card, about, due, fresh, rated }: ReviewState, columns: number): Line {
  const what = card ? `${card.certification.toUpperCase()} · ${card.deck}` : about;
  const left = card ? say('review.left', { due, fresh }) : say('review.answered', { cards: rated });
  return spread(
    [
      { text: ` ${say('review.title')}`, style: 'heading' },
      ...(what === '' ? [] : [{ text: ` · ${what}`, style: 'dim' as const }]),
    ],
    [{ text: `${left} ` }],
    columns,
  );
}

/** A card, and when it is answered what was right and why; or that nothing is left for now. */
export function reviewLines(review: ReviewState, columns: number): Line[] {
  const { card, answered } = review;
  if (!card) return setIn(nothingLeft(review, columns - 2));
  const room = columns - 2;
  return setIn([
    ...markdownLines(card.question, room),
    [],
    ...(card.kind === 'gap' ? gapLines(card, review, room) : textsLines(card, review, room)),
    ...(answered ? [[], ...answeredLines(card, answered, review.given, room)] : []),
  ]);
}

/** How long until a card comes again: `10 min`, `3 h`, `8 days`. */
export function spanText(milliseconds: number): string {
  if (milliseconds < HOUR) return say('span.minutes', { minutes: Math.max(1, Math.round(milliseconds / MINUTE)) });
  if (milliseconds < DAY) return say('span.hours', { hours: Math.round(milliseconds / HOUR) });
  const days = Math.round(milliseconds / DAY);
  return days < 60 ? say('span.days', { days }) : say('span.months', { months: Math.round(days / 30) });
}

function setIn(lines: readonly Line[]): Line[] {
  return lines.map((line): Line => [{ text: ' ' }, ...line]);
}

function textsLines(card: CardView, { given, answered }: ReviewState, columns: number): Line[] {
  const lines = card.texts.flatMap((text, index) => {
    const place = given.indexOf(text);
    const sign = answered ? answeredSign(card, text, place, answered) : takenSign(card, place);
    return wrapLine([{ text: `${index + 1}  `, style: 'bold' }, ...sign, ...inline(text)], columns, 7);
  });
  const how =
    card.kind === 'order'
      ? say('review.order-how')
      : card.several > 1
        ? say('review.several', { count: card.several })
        : undefined;
  return how !== undefined && !answered ? [...lines, [], [{ text: how, style: 'dim' }]] : lines;
}

function takenSign({ kind, several }: CardView, place: number): Span[] {
  if (kind === 'order') return [{ text: place < 0 ? ' ·  ' : `${String(place + 1).padStart(2)}. `, style: 'focus' }];
  if (several === 1) return [];
  return [{ text: place < 0 ? '[ ] ' : '[x] ', style: 'focus' }];
}

/** What is right has a tick, what was taken wrongly a cross; of an order its right place. */
function answeredSign({ kind }: CardView, text: string, place: number, { answers }: AnsweredCard): Span[] {
  const right = answers.indexOf(text);
  if (kind === 'order') {
    const style = right === place ? 'passed' : 'failed';
    return [{ text: `${right === place ? '✓' : '✗'}${right + 1}. `, style }];
  }
  if (right >= 0) return [{ text: ' ✓  ', style: 'passed' }];
  return place >= 0 ? [{ text: ' ✗  ', style: 'failed' }] : [{ text: '    ' }];
}

/** The gap is shown in its place, with what was typed once that is over. */
function gapLines({ gap }: CardView, { text, answered }: ReviewState, columns: number): Line[] {
  if (!gap) return [];
  const filled: Span = answered
    ? {
        text: answered.right ? text.trim() : (answered.answers[0] ?? ''),
        style: answered.right ? 'passed' : 'attention',
      }
    : { text: text === '' ? gap.mark : `${text}▌`, style: 'focus' };
  const [before = '', after = ''] = gap.text.trimEnd().split(gap.mark);
  const rows: Line[] = [];
  const put = (part: string, style: Span['style']): void => {
    part.split('\n').forEach((line, index) => {
      if (index > 0 || rows.length === 0) rows.push([{ text: '  ' }]);
      rows[rows.length - 1] = [...(rows.at(-1) ?? []), { text: line, ...(style ? { style } : {}) }];
    });
  };
  put(before, 'code');
  put(filled.text, filled.style);
  put(after, 'code');
  const how: Line[] = answered ? [] : [[], [{ text: say('review.gap-how'), style: 'dim' }]];
  return [...rows.flatMap((row) => wrapLine(row, columns, 4)), ...how];
}

const RATINGS: readonly (readonly [CardRating, PlainKey])[] = [
  [1, 'review.again'],
  [2, 'review.hard'],
  [3, 'review.good'],
  [4, 'review.easy'],
];

function answeredLines(card: CardView, answer: AnsweredCard, given: readonly string[], columns: number): Line[] {
  const { right, why, next } = answer;
  const verdict: Span = right
    ? { text: `✓ ${say('review.right')}`, style: 'passed' }
    : { text: `✗ ${say('review.wrong')}`, style: 'failed' };
  return [
    ...wrapLine([verdict, ...(card.kind === 'gap' ? gapVerdict(answer, given) : [])], columns),
    ...markdownLines(why, columns),
    [],
    ...wrapLine([{ text: say('review.how-well') }], columns),
    ...wrapLine(
      RATINGS.flatMap(([rating, name]): Span[] => [
        { text: `${rating} `, style: 'bold' },
        { text: `${say(name)} ` },
        { text: `${spanText(next[rating])}  `, style: 'dim' },
      ]),
      columns,
    ),
  ];
}

/** What was typed where it was wrong, and what else is taken for right. */
function gapVerdict({ right, answers }: AnsweredCard, [typed = '']: readonly string[]): Span[] {
  const [first = '', ...others] = answers;
  const told: Span[] = right
    ? []
    : [
        { text: ' ' },
        ...saySpans('review.gap-wrong', undefined, { typed: typed.trim(), right: { text: first, style: 'code' } }),
      ];
  const also = others.join(', ');
  return others.length === 0 ? told : [...told, { text: ` ${say('review.gap-also', { also })}`, style: 'dim' }];
}

function nothingLeft({ rated, right, later }: ReviewState, columns: number): Line[] {
  const done = rated === 0 ? [] : [say('review.done', { cards: rated, right })];
  const next = later === undefined ? say('review.none') : say('review.next', { span: spanText(later) });
  return [
    [
      {
        text: rated === 0 ? say('review.nothing-due') : `✓ ${say('review.all-for-now')}`,
        style: rated === 0 ? 'plain' : 'passed',
      },
    ],
    [],
    ...[...done, next].flatMap((text) => wrapLine([{ text }], columns)),
  ];
}
