import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { ScreenPorts } from '../../src/ui/ports.js';
import { FakeSitting, fakeExams } from './fake-exam.js';
import { FakeSession, fakePorts } from './fake-session.js';
import { Stage } from './stage.js';

let open: Stage[] = [];

/** The exam that is sat, another one for each test. */
export let sitting: FakeSitting;

/** Gives each test an exam of its own, and ends what it opened. */
export function examStages(): void {
  beforeEach(() => {
    open = [];
    sitting = new FakeSitting();
  });

  afterEach(async () => {
    for (const made of open) {
      process.emit('SIGTERM', 'SIGTERM');
      await made.ended;
    }
  });
}

/** The screens over the exam. */
export function stage(changes: Partial<ScreenPorts> = {}, columns = 100, rows = 30): Stage {
  const made = new Stage(columns, rows);
  open.push(made);
  return made.open(fakePorts(new FakeSession(), { exams: fakeExams(sitting), ...changes }));
}

/** An exam that has begun, at its first task. */
export async function atExam(columns?: number, rows?: number): Promise<Stage> {
  const screen = stage({}, columns, rows);
  await screen.shows('x CKA mock exam');
  screen.type('x');
  await screen.shows('17 tasks · 120 minutes · 66 % passes');
  screen.type('\r');
  await screen.shows('[1] 2 3');
  await vi.waitFor(() => expect(sitting.calls).toContain('open 1'));
  return screen;
}

/** Output stands where its task does. */
export async function prints(screen: Stage, number: number, text: string): Promise<void> {
  await vi.waitFor(() => expect(sitting.sessions.has(number)).toBe(true));
  await vi.waitFor(() => {
    sitting.session(number).print(text);
    expect(screen.text()).toContain(text.trim());
  });
}
