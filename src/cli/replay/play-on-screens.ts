import { WorkerPool } from '../../clusters/sim/worker-pool.js';
import type { Recording } from '../../labs/playback/find-recording.js';
import { historyOf } from '../../labs/progress/history.js';
import { NO_PROGRESS } from '../../labs/progress/model.js';
import type { ScreenPorts } from '../../ui/ports.js';
import type { ReplayPort } from '../../ui/replay-ports.js';
import { runScreens } from '../../ui/run-screens.js';
import { type CommandIo, ExpectedError } from '../io.js';
import { speakChosen } from '../words/choose-words.js';
import { openPlayback } from './open-playback.js';

/** Plays a recording on the screens; resolves to the exit code. */
export async function playOnScreens(
  io: CommandIo,
  recording: Recording,
  how: Pick<ReplayPort, 'speed' | 'idleSeconds'>,
): Promise<number> {
  const { environment, content = [] } = io;
  const thread = new WorkerPool({ idleMax: 1 });
  try {
    const open: ReplayPort['open'] = () => openPlayback(recording, { environment, content }, { where: { thread } });
    await speakChosen(environment);
    return await runScreens(io, { ...emptyPorts(), replay: { ...how, open } }, { replay: true });
  } finally {
    await thread.close();
  }
}

/** The screens' ports where there is nothing to choose, and nothing of the person's is read or touched. */
function emptyPorts(): ScreenPorts {
  const nothing = (): Promise<never> => Promise.reject(new ExpectedError('There is nothing to open here.'));
  const history = historyOf(NO_PROGRESS, { labs: [], domains: [], types: new Map() }, Date.now());
  return {
    catalogue: () => ({ domains: [], labs: [], exams: [], unfinished: [], history }),
    prepare: () => {},
    notices: [],
    discard: () => {},
    start: nothing,
    resume: nothing,
    rebuild: nothing,
  };
}
