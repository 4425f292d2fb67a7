import { cutLine, type Line, lineWidth, type Span, spread } from '../line/line.js';
import type { ReplayState } from '../store/replay-state.js';
import { say } from '../words/words.js';
import { clockText } from './words.js';

const GAP = 2;

/** The header of what is played: what it is and where, and how far and how quickly it goes. The clock always stays. */
export function replayHeader(replay: ReplayState, seconds: number, columns: number): Line {
  const right = rightOf(replay, seconds);
  const room = columns - lineWidth(right) - GAP;
  const left = leftOf(replay);
  return spread(lineWidth(left) > room ? cutLine(left, Math.max(0, room)) : left, right, columns);
}

/** Which task, terminal and host are in front. */
export function replayPlace({ task, terminal, host }: ReplayState): Line {
  const where = [
    ...(task === undefined ? [] : [say('replay.task', { number: task })]),
    ...(terminal === undefined ? [] : [say('replay.terminal', { number: terminal })]),
  ];
  return [
    ...where.map((text): Span => ({ text: ` · ${text}` })),
    ...(host === '' ? [] : [{ text: ' · ' }, { text: host, style: 'focus' as const }]),
  ];
}

function leftOf(replay: ReplayState): Line {
  const { title, said } = replay;
  return [
    { text: ` ${say('replay.title', { title })}`, style: 'heading' },
    ...(said === undefined ? [] : [{ text: ` · ${said}`, style: 'attention' as const }]),
    ...replayPlace(replay),
  ];
}

function rightOf({ speed, paused, waits, ended, length }: ReplayState, seconds: number): Line {
  const standing = ended ? say('replay.end') : paused ? say('replay.paused') : waits ? say('replay.waits') : undefined;
  const time = say('replay.of', { time: clockText(Math.min(seconds, length)), length: clockText(length) });
  return [
    ...(standing === undefined ? [] : [{ text: standing, style: 'attention' as const }, { text: ' · ' }]),
    { text: say('replay.speed', { speed }) },
    { text: ` · ${time} ` },
  ];
}
