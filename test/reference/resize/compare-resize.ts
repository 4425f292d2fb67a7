/** Our answers to changes of pods' resources beside the real ones. */
import { isDeepStrictEqual } from 'node:util';
import { inOneOrder } from '../custom/compare-custom.js';
import { ourServer, playOurs } from '../our-server.js';
import { type Recorded, readRecording } from '../recording.js';
import { RESIZE_SEQUENCES } from './steps.js';

/** Asks our server everything that was asked of the real one. */
export function compareResize(): {
  readonly id: string;
  readonly real: Recorded;
  readonly ours: Recorded;
  readonly equal: boolean;
}[] {
  const server = ourServer();
  const { answers } = readRecording('resize');
  return RESIZE_SEQUENCES.flatMap((sequence) =>
    playOurs(server, sequence).map(({ id, ...answer }) => {
      const recorded = answers.get(id);
      if (recorded === undefined) throw new Error(`${id} is not recorded: record-resize.ts makes it`);
      const real = inOneOrder(recorded);
      const ours = inOneOrder(JSON.parse(JSON.stringify({ id, ...answer })) as Recorded);
      return { id, real, ours, equal: isDeepStrictEqual(real, ours) };
    }),
  );
}
