import type { ReactElement } from 'react';
import { useSlice } from '../parts/context.js';
import { Lines } from '../parts/lines.js';
import { lessonsHeader, lessonsLines } from './lessons-lines.js';
import { reviewHeader, reviewLines } from './review-lines.js';
import { bodyRows, isAiry } from './scroll-room.js';
import { rowsBelow, windowOf } from './window.js';

/** The list of lessons. */
export function LessonsScreen(): ReactElement | null {
  const { columns, rows } = useSlice((state) => state.size);
  const lessons = useSlice((state) => state.lessons);
  if (!lessons) return null;
  const airy = isAiry(rows);
  const room = bodyRows(rows);
  return (
    <>
      <Lines lines={[lessonsHeader(lessons, columns)]} columns={columns} />
      {airy && <Lines lines={[[]]} columns={columns} />}
      <Lines lines={lessonsLines(lessons, columns, room)} columns={columns} rows={room} />
      {airy && <Lines lines={[[]]} columns={columns} />}
    </>
  );
}

/** A card, its answer, or that nothing is left for now. */
export function ReviewScreen(): ReactElement | null {
  const { columns, rows } = useSlice((state) => state.size);
  const review = useSlice((state) => state.review);
  const scroll = useSlice((state) => state.scroll);
  if (!review) return null;
  const airy = isAiry(rows);
  const lines = reviewLines(review, columns);
  const room = bodyRows(rows);
  const seen = windowOf(lines, scroll, room);
  return (
    <>
      <Lines lines={[reviewHeader(review, columns)]} columns={columns} />
      {airy && <Lines lines={[[]]} columns={columns} />}
      <Lines lines={seen.lines} columns={columns} rows={room} />
      {airy && <Lines lines={[rowsBelow(seen)]} columns={columns} />}
    </>
  );
}
