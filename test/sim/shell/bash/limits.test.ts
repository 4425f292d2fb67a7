import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../../src/sim/kernel/time.js';
import { runOurs } from '../harness.js';

test('a hundred thousand turns of a loop take little of our time and a fixed span of the clock', () => {
  const before = process.cpuUsage();
  const line = 'for ((i=0;i<100000;i++)); do :; done; echo $SECONDS $i';
  const first = runOurs(['-c', line]);
  const { user, system } = process.cpuUsage(before);
  // Measured at 0.25 s; the bound only catches a slip by an order of magnitude on a slow machine.
  expect(user + system).toBeLessThan(5_000_000);
  expect(first).toEqual({ out: '4 100000\n', err: '', status: 0 });
  expect(runOurs(['-c', line])).toEqual(first);
});

test('endless recursion is an error of the shell', () => {
  const { out, err } = runOurs(['-c', 'f() { f; }; f; echo no']);
  expect(out).toBe('');
  expect(err).toBe('environment: line 1: f: maximum function nesting level exceeded (400)\n');
});

test('recursion through many kinds of commands is an error of the shell, too', () => {
  const body = 'if true; then for i in 1; do case a in a) while true; do { f; break; }; done;; esac; done; fi';
  const { err, status } = runOurs(['-c', `f() { ${body}; }; f; echo no`]);
  expect(err).toMatch(/maximum (?:function )?nesting level exceeded/);
  expect(status).toBeGreaterThan(0);
});

test('a name that means itself in arithmetic is an error of the shell', () => {
  expect(runOurs(['-c', 'x=x; echo $((x))'])).toEqual({
    out: '',
    err: 'bash: line 1: x: expression recursion level exceeded (error token is "x")\n',
    status: 1,
  });
});

test('a fork bomb runs into the process limit in bash’s words, and the machine lives', () => {
  const { err } = runOurs(['-c', ':(){ :|:& };:'], '', 3 * SECOND);
  expect(err).toContain('fork: retry: Resource temporarily unavailable\n');
});

test('an endless loop lets the clock go on', () => {
  const { out } = runOurs(['-c', '(while :; do :; done) & sleep 1; kill $!; wait; echo $SECONDS'], '', MINUTE);
  expect(out).toBe('1\n');
});

test('a pipeline streams: its head ends it', () => {
  expect(runOurs(['-c', 'yes | head -n 1'])).toEqual({ out: 'y\n', err: '', status: 0 });
});
