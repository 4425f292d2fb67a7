import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import { decodeText, encodeText } from '../../../src/sim/kernel/bytes.js';
import { isErrno } from '../../../src/sim/kernel/errno.js';
import { LIMITS } from '../../../src/sim/kernel/limits.js';
import type { Program, Sys } from '../../../src/sim/kernel/sys.js';
import { RAW } from '../../../src/sim/kernel/terminal.js';
import { MILLISECOND, SECOND } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';
import { PREEMPT } from '../../../src/sim/kernel/wait.js';
import { bareMachine } from './machine.js';

const busy: Program = function* busy(sys) {
  for (;;) if (sys.charge(10)) yield PREEMPT;
};

/** Runs a program as a host's first process for ten virtual seconds and gives what it logged. */
function run(body: (sys: Sys, log: (line: string) => void) => Waiting<number>, span = 10 * SECOND): string[] {
  const { kernel, host } = bareMachine();
  const lines: string[] = [];
  startProcess(host, (sys) => body(sys, (line) => lines.push(`${Math.floor(kernel.now() / MILLISECOND)} ${line}`)), [
    'test',
  ]);
  kernel.advance(span);
  if (kernel.crashes.length > 0) throw kernel.crashes[0]?.error;
  return lines;
}

describe('processes', () => {
  it('streams through a pipe and ends the writer by SIGPIPE', () => {
    const lines = run(function* (sys, log) {
      const { read, write } = sys.pipe();
      const writer = sys.fork(function* (child) {
        child.close(read);
        for (;;) yield* child.write(write, 'y\n'.repeat(1000));
      });
      sys.close(write);
      const bytes = yield* sys.read(read, 4);
      sys.close(read);
      const change = yield* sys.wait(writer);
      log(decodeText(bytes).replaceAll('\n', '.'));
      log(JSON.stringify(change));
      return 0;
    });
    expect(lines.map((line) => line.slice(line.indexOf(' ') + 1))).toEqual([
      'y.y.',
      '{"pid":2,"kind":"exited","status":{"signal":"PIPE"}}',
    ]);
  });

  it('lets time pass for others while one computes', () => {
    const lines = run(function* (sys, log) {
      const child = sys.fork(busy);
      yield* sys.sleep(5 * SECOND);
      sys.kill(child, 'TERM');
      log(JSON.stringify(yield* sys.wait(child)));
      return 0;
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^500\d .*"signal":"TERM"/);
  });

  it('refuses more processes than a user may have', () => {
    const lines = run(function* (sys, log) {
      let made = 1;
      try {
        for (;;) {
          sys.fork(function* (child) {
            yield* child.sleep(60 * SECOND);
            return 0;
          });
          made += 1;
        }
      } catch (error) {
        log(isErrno(error, 'EAGAIN') ? `refused after ${made}` : String(error));
      }
      return 0;
    });
    expect(lines[0]).toContain(`refused after ${LIMITS.processes_per_user_max}`);
  });

  it('stops and continues: a stopped process does not even begin', () => {
    const lines = run(function* (sys, log) {
      const child = sys.fork(function* (own) {
        yield* own.sleep(SECOND);
        log('child done');
        return 3;
      });
      sys.kill(child, 'STOP');
      log(JSON.stringify(yield* sys.wait(child, { stopped: true })));
      yield* sys.sleep(3 * SECOND);
      sys.kill(child, 'CONT');
      log(JSON.stringify(yield* sys.wait(child)));
      return 0;
    });
    expect(lines).toEqual([
      '0 {"pid":2,"kind":"stopped","signal":"STOP"}',
      '4000 child done',
      '4000 {"pid":2,"kind":"exited","status":{"code":3}}',
    ]);
  });

  it('interrupts a wait by a caught signal', () => {
    const lines = run(function* (sys, log) {
      sys.onSignal('TERM', 'catch');
      const self = sys.pid;
      sys.fork(function* (child) {
        yield* child.sleep(SECOND);
        child.kill(self, 'TERM');
        return 0;
      });
      try {
        yield* sys.sleep(5 * SECOND);
      } catch (error) {
        log(`${isErrno(error, 'EINTR')} ${sys.takeSignal()}`);
      }
      return 0;
    });
    expect(lines).toEqual(['1000 true TERM']);
  });
});

describe('terminals', () => {
  it('echoes and stops a busy foreground by Ctrl-C', () => {
    const { kernel, host } = bareMachine();
    const shown: string[] = [];
    const terminal = host.openTerminal({ columns: 80, rows: 24 });
    terminal.onOutput = (bytes) => shown.push(decodeText(bytes));
    let status = '';
    startProcess(
      host,
      function* (sys) {
        sys.onSignal('INT', 'ignore');
        const child = sys.fork(
          function* (own) {
            own.onSignal('INT', 'default');
            yield* own.write(1, 'go\n');
            return yield* busy(own);
          },
          { session: true, terminal },
        );
        status = JSON.stringify(yield* sys.wait(child));
        return 0;
      },
      ['init'],
    );
    kernel.advance(SECOND);
    terminal.type(encodeText('a\u0003'));
    kernel.advance(SECOND);
    expect(shown.join('')).toBe('go\r\na^C');
    expect(status).toContain('"signal":"INT"');
  });

  it('edits a line in canonical mode, and passes bytes in raw mode', () => {
    const { host } = bareMachine();
    const terminal = host.openTerminal({ columns: 80, rows: 24 });
    terminal.type(encodeText('abc\x7f\x7fé\x7fx one\x17two\r'));
    expect(decodeText(terminal.tryRead(100) ?? encodeText('nothing'))).toBe('ax two\n');
    terminal.setModes(RAW);
    terminal.type(encodeText('\x03\r'));
    expect(decodeText(terminal.tryRead(100) ?? encodeText('nothing'))).toBe('\x03\r');
  });
});

describe('time', () => {
  it('gives the same trace however an advance is split', () => {
    const play = (portions: readonly number[]): string => {
      const { kernel, host } = bareMachine('7');
      startProcess(
        host,
        function* (sys) {
          const random = sys.random();
          for (let index = 0; index < 50; index += 1) {
            sys.fork(function* (child) {
              for (let step = 0; step < random.below(300); step += 1)
                if (child.charge(random.below(900))) yield PREEMPT;
              yield* child.sleep(random.below(SECOND));
              return 0;
            });
            yield* sys.sleep(random.below(SECOND / 10));
          }
          for (let index = 0; index < 50; index += 1) yield* sys.wait('any');
          return 0;
        },
        ['init'],
      );
      let left = 20 * SECOND;
      for (const portion of portions) {
        const span = Math.min(portion, left);
        kernel.advance(span);
        left -= span;
      }
      kernel.advance(left);
      return kernel.trace.digest();
    };
    const whole = play([]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: SECOND }), { maxLength: 60 }),
        (portions) => play(portions) === whole,
      ),
      { numRuns: 30 },
    );
  });
});
