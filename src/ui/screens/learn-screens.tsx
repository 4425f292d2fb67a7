import { Box, Text } from 'ink';
import TextInput from 'ink-text-input';
import type { ReactElement } from 'react';
import { fillsGap } from '../keys/learn-context.js';
import { useScene, useSlice } from '../parts/context.js';
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
  const gap = useSlice(fillsGap);
  if (!review) return null;
  const airy = isAiry(rows);
  const lines = reviewLines(review, columns);
  const room = Math.max(0, bodyRows(rows) - (gap ? 2 : 0));
  const seen = windowOf(lines, scroll, room);
  return (
    <>
      <Lines lines={[reviewHeader(review, columns)]} columns={columns} />
      {airy && <Lines lines={[[]]} columns={columns} />}
      <Lines lines={seen.lines} columns={columns} rows={gap ? Math.min(seen.lines.length, room) : room} />
      {gap && room > 0 && <Lines lines={[[]]} columns={columns} />}
      {gap && <GapBox />}
      {airy && <Lines lines={[rowsBelow(seen)]} columns={columns} />}
    </>
  );
}

function GapBox(): ReactElement {
  const { store, theme } = useScene();
  const text = useSlice((state) => state.review?.text ?? '');
  const columns = useSlice((state) => state.size.columns);
  return (
    <Box width={columns} height={1} flexShrink={0} overflow="hidden">
      <Text>{theme.paint('focus', ' in the gap ▸ ')}</Text>
      <TextInput value={text} onChange={(next) => store.dispatch({ type: 'review-typed', text: next })} />
    </Box>
  );
}
