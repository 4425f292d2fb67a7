import type { ExamSession, FinishedExam } from '../../../src/labs/exam/exam-session.js';
import type { LiveSession } from '../../../src/labs/session/live-session.js';
import { SIZE, until } from './small-exam.js';

/** One thing a candidate does. */
export type ExamStep =
  | { readonly open: number }
  /** A line at the prompt of the task in front, until a prompt comes back that holds `at`. */
  | { readonly line: string; readonly at?: string }
  | { readonly flag: number }
  | { readonly notes: string };

const ESCAPES = /\x1b\[[?0-9;]*[a-zA-Z]/g;
const PROMPT = /candidate@([^:]+):[^\n]*\$ $/;

/** A candidate at an exam who does one step after another, each when what he waits for is on the screen. */
export class ExamCandidate {
  private readonly exam: ExamSession;
  private readonly screens = new Map<LiveSession, { text: string }>();
  private task: LiveSession | undefined;

  constructor(exam: ExamSession) {
    this.exam = exam;
  }

  /** What the terminal of the task in front has shown since the last line was typed. */
  get screen(): string {
    return this.task ? (this.screens.get(this.task)?.text ?? '') : '';
  }

  /** Does a step, and resolves when it has shown that it was done. */
  async step(step: ExamStep): Promise<void> {
    if ('open' in step) await this.open(step.open);
    else if ('flag' in step) this.exam.flag(step.flag, true);
    else if ('notes' in step) this.exam.takeNotes(step.notes);
    else await this.line(step.line, step.at);
  }

  async finish(): Promise<FinishedExam> {
    return this.exam.finish('finished');
  }

  private async open(number: number): Promise<void> {
    const task = await this.exam.open(number, SIZE);
    this.task = task;
    const screen = this.screens.get(task) ?? { text: '' };
    if (!this.screens.has(task)) {
      this.screens.set(task, screen);
      task.onOutput((bytes) => {
        screen.text += Buffer.from(bytes).toString('utf8').replace(ESCAPES, '');
      });
    }
    await until(
      () => PROMPT.test(screen.text),
      () => screen.text,
    );
  }

  private async line(text: string, at = ''): Promise<void> {
    const screen = this.task && this.screens.get(this.task);
    if (!this.task || !screen) throw new Error('no task is open');
    screen.text = '';
    this.task.type(Buffer.from(`${text}\r`));
    await until(
      () => screen.text.includes('\n') && (PROMPT.exec(screen.text)?.[1]?.includes(at) ?? false),
      () => `${text}: ${screen.text}`,
    );
  }
}
