import { expect, it } from 'vitest';
import { kubeControllerManager } from '../../../../src/sim/controllers/kube-controller-manager.js';
import { startProcess } from '../../../../src/sim/kernel/boot.js';
import { decodeText } from '../../../../src/sim/kernel/bytes.js';
import type { Program } from '../../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import { kubeScheduler } from '../../../../src/sim/scheduler/kube-scheduler.js';
import { bareMachine } from '../../kernel/machine.js';

/** What a program says on a machine without files, and how it ends. */
function run(program: Program, ...args: string[]): { code: number | undefined; output: string } {
  const { kernel, host } = bareMachine();
  let output = '';
  let code: number | undefined;
  startProcess(
    host,
    function* (sys) {
      const { read, write } = sys.pipe();
      const pid = sys.fork(program, {
        descriptors: new Map([
          [1, write],
          [2, write],
        ]),
      });
      sys.close(write);
      for (;;) {
        const bytes = yield* sys.read(read);
        if (bytes.length === 0) break;
        output += decodeText(bytes);
      }
      const change = yield* sys.wait(pid);
      code = change?.kind === 'exited' && 'code' in change.status ? change.status.code : undefined;
      return 0;
    },
    ['program', ...args],
  );
  kernel.advance(5 * SECOND);
  if (kernel.crashes.length > 0) throw kernel.crashes[0]?.error;
  return { code, output };
}

const failed = (why: string) =>
  new RegExp(`^E\\d{4} [\\d:.]+ +\\d+ run\\.go:72\\] "command failed" err="${why}"\\n$`, 'm');

it.each<[string, Program, string[], RegExp]>([
  ['an unknown flag', kubeControllerManager, ['--foo=1'], /^Error: unknown flag: --foo\n$/],
  ['an unknown flag', kubeScheduler, ['--address=0.0.0.0', '--foo'], /^Error: unknown flag: --address\n$/],
  [
    'a wrong value',
    kubeControllerManager,
    ['--leader-elect=maybe'],
    /^Error: invalid argument "maybe" for "--leader-elect" flag: strconv.ParseBool: parsing "maybe": invalid syntax\n$/,
  ],
  ['a flag without its value', kubeScheduler, ['--kubeconfig'], /^Error: flag needs an argument: --kubeconfig\n$/],
  ['an argument', kubeScheduler, ['run'], /^Error: "kube-scheduler" does not take any arguments, got \["run"\]\n$/],
  [
    'an unknown controller',
    kubeControllerManager,
    ['--controllers=*,foo'],
    failed('\\\\"foo\\\\" is not in the list of known controllers'),
  ],
  [
    'a kubeconfig that is not there',
    kubeControllerManager,
    ['--kubeconfig=/etc/kubernetes/nope.conf'],
    failed('stat /etc/kubernetes/nope.conf: no such file or directory'),
  ],
  [
    'a kubeconfig that is not there',
    kubeScheduler,
    ['--kubeconfig=/etc/kubernetes/nope.conf'],
    failed('stat /etc/kubernetes/nope.conf: no such file or directory'),
  ],
  ['a configuration that is not there', kubeScheduler, ['--config=/x'], failed('open /x: no such file or directory')],
])('refuses %s', (_, program, args, words) => {
  const { code, output } = run(program, ...args);
  expect(output).toMatch(words);
  expect(code).toBe(1);
});

it('tells its version', () => {
  expect(run(kubeScheduler, '--version')).toEqual({ code: 0, output: 'Kubernetes v1.36.0\n' });
});
