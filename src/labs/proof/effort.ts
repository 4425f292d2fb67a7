import type { LabInstance } from '../format/instance.js';
import { holdsKeys } from '../session/keys.js';
import { solutionSteps } from './case.js';

/** What a solution costs whoever knows how. */
export interface Effort {
  /** Lines that change something. */
  readonly commands: number;
  /** Lines that only look. */
  readonly looks: number;
  /** Lines typed into files: of here-documents, and keys in an editor. */
  readonly edits: number;
  /** How long it takes, in minutes, by the formula of `minutesOf`. */
  readonly minutes: number;
}

const WORDS_A_MINUTE = 150;
const COMMAND_MINUTES = 0.75;
const LOOK_MINUTES = 0.5;
const EDIT_MINUTES = 0.1;

/** How much there is to read and to type in one draw of a lab. */
export function effortOf(instance: LabInstance): Effort {
  const steps = solutionSteps(instance);
  const keys = steps.filter(({ lines }) => holdsKeys(lines[0] ?? ''));
  const typed = steps.filter((step) => !keys.includes(step));
  const looks = typed.filter(({ look }) => look).length;
  const commands = typed.length - looks;
  const edits = keys.length + typed.reduce((sum, { lines }) => sum + lines.length - 1, 0);
  return { commands, looks, edits, minutes: minutesOf(instance, commands, looks, edits) };
}

/**
 * Getting there takes a minute; reading a minute for 150 words of the task, a command three quarters of a minute, a look half of one, a line of a
 * file a tenth; whoever must find out what to do takes longer: times 0.7 + 0.3 for each point of difficulty.
 */
function minutesOf({ task, lab }: LabInstance, commands: number, looks: number, edits: number): number {
  const words = task.split(/\s+/).filter(Boolean).length;
  const known = 1 + words / WORDS_A_MINUTE + commands * COMMAND_MINUTES + looks * LOOK_MINUTES + edits * EDIT_MINUTES;
  return known * (0.7 + 0.3 * lab.content.spec.difficulty);
}

/** Whether a lab's minutes are off by half or more from what its solution takes. */
export function minutesAreOff({ minutes }: LabInstance, effort: Effort): boolean {
  return minutes < effort.minutes / 2 || minutes > effort.minutes * 2;
}

/** An effort in words: `3 commands, 1 look, 12 edited lines: about 6 minutes`. */
export function effortText({ commands, looks, edits, minutes }: Effort): string {
  const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
  const about = Math.max(1, Math.round(minutes));
  return `${counted(commands, 'command')}, ${counted(looks, 'look')}, ${counted(edits, 'edited line')}: about ${counted(about, 'minute')}`;
}
