import { type ReactElement, useSyncExternalStore } from 'react';
import { PaneRows } from '../pane/pane-rows.js';
import { useScene, useSlice } from '../parts/context.js';
import { Lines } from '../parts/lines.js';
import { replayHeader } from './replay-header.js';
import { REPLAY_ROWS_BESIDE } from './replay-rows.js';

/** An attempt as it happened: its terminal, and above it where and when. */
export function ReplayScreen(): ReactElement {
  const { columns, rows } = useSlice((state) => state.size);
  return (
    <>
      <Header columns={columns} />
      <PaneRows columns={columns} rows={Math.max(1, rows - REPLAY_ROWS_BESIDE)} />
    </>
  );
}

function Header({ columns }: { readonly columns: number }): ReactElement | null {
  const { clock } = useScene();
  const seconds = useSyncExternalStore(clock.subscribe, clock.get);
  const replay = useSlice((state) => state.replay);
  return replay ? <Lines lines={[replayHeader(replay, seconds, columns)]} columns={columns} /> : null;
}
