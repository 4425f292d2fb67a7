import { HomeError, homeDirectory } from '../labs/home.js';
import { findRecording } from '../labs/playback/find-recording.js';
import type { CliCommand } from './command.js';
import { atTerminal, UsageError } from './io.js';

interface ReplayOptions {
  readonly speed?: string;
  readonly idle?: string;
}

const SPEED_MAX = 1000;
const IDLE_SECONDS_MAX = 86_400;

/** `kubedrill replay FILE`: plays an attempt or an exam as it happened; without a terminal it prints what was shown. */
export const replay: CliCommand = {
  name: 'replay',
  declare(command, io, exit) {
    command
      .description('watch an attempt or an exam as it happened')
      .argument('<file>', "a journal or an exam's file, the id of one, or last")
      .option('--speed <number>', 'how many times as quickly (1 unless said)')
      .option('--idle <seconds>', 'cut longer pauses to this; without it none is cut')
      .action(async (given: string, { speed, idle }: ReplayOptions) => {
        const pace = speed === undefined ? 1 : readNumber('--speed', speed, 'a number, such as 2 or 0.5', SPEED_MAX);
        const idleSeconds =
          idle === undefined ? undefined : readNumber('--idle', idle, 'a number of seconds', IDLE_SECONDS_MAX);
        const recording = recordingOf(given, homeDirectory(io.environment));
        if (atTerminal(io)) {
          const { playOnScreens } = await import('./replay/play-on-screens.js');
          return exit(await playOnScreens(io, recording, { speed: pace, idleSeconds }));
        }
        const { printReplay } = await import('./replay/print-replay.js');
        exit(await printReplay(io, recording));
      });
  },
};

function recordingOf(given: string, home: string): ReturnType<typeof findRecording> & object {
  let recording: ReturnType<typeof findRecording>;
  try {
    recording = findRecording(given, home);
  } catch (error) {
    throw new HomeError(given, error, 'read');
  }
  if (recording) return recording;
  throw new UsageError(
    given === 'last'
      ? 'Nothing has been attempted yet; `kubedrill run LAB` begins.'
      : `There is no file ${given}, and no attempt or exam with that id. \`kubedrill progress --json\` tells ids; last is the newest.`,
  );
}

function readNumber(option: string, text: string, wanted: string, max: number): number {
  const value = Number(text);
  if (!/^\d+(?:\.\d+)?$/.test(text) || value <= 0 || value > max)
    throw new UsageError(`${option} ${text}: it wants ${wanted}, more than 0 and at most ${max}`);
  return value;
}
