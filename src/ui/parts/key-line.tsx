import type { ReactElement } from 'react';
import { keyBar } from '../screens/key-bar.js';
import { useSlice } from './context.js';
import { Lines } from './lines.js';

/** The bottom line: what the keys do here. */
export function KeyLine(): ReactElement {
  const state = useSlice((whole) => whole);
  const { columns } = state.size;
  return <Lines lines={[keyBar(state, columns)]} columns={columns} />;
}
