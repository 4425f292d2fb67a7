import { describe, expect, test, vi } from 'vitest';
import { atExam, examStages, prints, sitting } from './exam-stage.js';

const F6 = '\x1b[17~';
const F7 = '\x1b[18~';

examStages();

describe('a machine', () => {
  test('that is not there yet keeps what is typed for it, and says so only after a while', async () => {
    const screen = await atExam();
    let arrive: () => void = () => {};
    sitting.ready = new Promise((resolve) => {
      arrive = resolve;
    });
    screen.type(F7);
    await screen.shows('ssh cka2107');
    expect(screen.text()).not.toContain('preparing');
    await screen.shows('preparing the cluster of task 2');
    screen.type('k get po\r');
    arrive();
    await vi.waitFor(() => expect(sitting.session(2).input).toBe('k get po\r'));
    await vi.waitFor(() => expect(screen.text()).not.toContain('preparing'));
    expect(sitting.session(1).input).toBe('');
  });

  test('that fails is built again when the candidate wants it', async () => {
    const screen = await atExam();
    await prints(screen, 1, 'candidate@base:~$ ');
    const broken = sitting.session(1);
    sitting.sessions.delete(1);
    broken.fail('its thread ended');
    await screen.shows('The cluster of task 1 is not there');
    screen.type('\r');
    await prints(screen, 1, 'here again ');
    screen.type('ls');
    expect(sitting.session(1).input).toBe('ls');
    expect(broken.input).toBe('');
  });

  test('that does not answer is offered to be built again, and is when the candidate wants it', async () => {
    const screen = await atExam();
    await prints(screen, 1, 'candidate@base:~$ ');
    const stuck = sitting.session(1);
    stuck.silent = 10_001;
    await screen.shows('The cluster of task 1 has not answered for 10 seconds');
    screen.type('n');
    await screen.shows('candidate@base:~$ ');
    expect(sitting.calls).not.toContain('rebuild 1');
    stuck.silent = 0;
    const asked = vi.spyOn(stuck, 'silentMilliseconds');
    await vi.waitFor(() => expect(asked).toHaveReturnedWith(0));
    stuck.silent = 10_001;
    await screen.shows('The cluster of task 1 has not answered');
    screen.type('\r');
    await vi.waitFor(() => expect(sitting.calls).toContain('rebuild 1'));
    await prints(screen, 1, 'here again ');
    screen.type('ls');
    expect(sitting.session(1).input).toBe('ls');
    expect(stuck.input).toBe('');
  });

  test('that fails behind another task is told when its task is opened again', async () => {
    const screen = await atExam();
    const openTask = sitting.open.bind(sitting);
    let fail: (error: Error) => void = () => {};
    sitting.open = (number) =>
      number === 2
        ? new Promise((_, reject) => {
            fail = reject;
          })
        : openTask(number);
    screen.type(F7);
    await screen.shows('preparing the cluster of task 2');
    screen.type(F6);
    await prints(screen, 1, 'candidate@base:~$ ');
    fail(new Error('no space left on device'));
    sitting.trouble('shown after it');
    await screen.shows('shown after it');
    expect(screen.text()).not.toContain('is not there');
    sitting.trouble(undefined);
    screen.type(F7);
    await screen.shows('preparing the cluster of task 2');
    fail(new Error('no space left on device'));
    await screen.shows('The cluster of task 2 is not there');
  });

  test('is made before its task is opened, the next one first', async () => {
    await atExam();
    await vi.waitFor(() => expect(sitting.calls.find((call) => call.startsWith('prepare'))).toBe('prepare 2'));
  });

  test('of a task that is only passed by is not made', async () => {
    const screen = await atExam();
    screen.type(F7 + F7 + F7 + F7);
    await screen.shows('[5]');
    await vi.waitFor(() => expect(sitting.calls).toContain('open 5'));
    expect(sitting.calls.filter((call) => call.startsWith('open'))).toEqual(['open 1', 'open 5']);
  });
});
