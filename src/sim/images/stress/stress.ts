import type { ChildChange, Program, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { PREEMPT, WaitQueue } from '../../kernel/wait.js';
import { parseOptions, type StressOptions, USAGE, VERSION } from './options.js';

/** What one pass of a worker costs before it looks whether it is to go on. */
const PASS = 2_000;
/** Touching a mebibyte of new memory, in microseconds. */
const TOUCH = 250;
const MEBIBYTE = 1024 * 1024;

/** `stress` 1.0.4: workers that use CPU, memory and disk. */
export const stress: Program = function* stress(sys) {
  const options = parseOptions(sys.args.slice(1));
  if ('error' in options) {
    yield* sys.write(2, `stress: FAIL: [${sys.pid}] (${options.line}) ${options.error}\n`);
    return 1;
  }
  if (options.shows) {
    yield* sys.write(1, options.shows === 'version' ? VERSION : USAGE);
    return 0;
  }
  return yield* dispatch(sys, options);
};

function* dispatch(sys: Sys, options: StressOptions): Waiting<number> {
  const { cpu, io, vm, hdd } = options;
  if (!options.quiet)
    yield* sys.write(1, `stress: info: [${sys.pid}] dispatching hogs: ${cpu} cpu, ${io} io, ${vm} vm, ${hdd} hdd\n`);
  const workers: [number, Program][] = [
    [cpu, busyWorker],
    [io, busyWorker],
    [vm, (own) => memoryWorker(own, options)],
    [hdd, (own) => diskWorker(own, options)],
  ];
  const started = sys.now();
  const until = options.timeoutSeconds === 0 ? undefined : started + options.timeoutSeconds * SECOND;
  for (const [count, worker] of workers) for (let made = 0; made < count; made += 1) sys.fork(timed(worker, until));
  let failed = false;
  for (let left = cpu + io + vm + hdd; left > 0; left -= 1) {
    const change = yield* sys.wait('any');
    if (!change || isWell(change) || failed) continue;
    failed = true;
    const why = change.kind === 'exited' && 'signal' in change.status ? 'got signal 9' : 'returned error 1';
    const line = why === 'got signal 9' ? 415 : 419;
    yield* sys.write(2, `stress: FAIL: [${sys.pid}] (${line}) <-- worker ${change.pid} ${why}\n`);
    yield* sys.write(2, `stress: WARN: [${sys.pid}] (${line + 2}) now reaping child worker processes\n`);
    for (const { pid, parent } of sys.processes()) if (parent === sys.pid) sys.kill(pid, 'KILL');
  }
  const seconds = Math.floor((sys.now() - started) / SECOND);
  if (failed) yield* sys.write(2, `stress: FAIL: [${sys.pid}] (451) failed run completed in ${seconds}s\n`);
  else if (!options.quiet) yield* sys.write(1, `stress: info: [${sys.pid}] successful run completed in ${seconds}s\n`);
  return failed ? 1 : 0;
}

function isWell(change: ChildChange): boolean {
  return change.kind === 'exited' && 'code' in change.status && change.status.code === 0;
}

/** A worker's alarm ends it without an error. */
function timed(worker: Program, until: number | undefined): Program {
  return function* run(sys) {
    if (until !== undefined) {
      sys.thread(function* () {
        yield* sys.sleep(Math.max(0, until - sys.now()));
        sys.onSignal('ALRM', 'exit');
        sys.kill(sys.pid, 'ALRM');
      });
    }
    return yield* worker(sys);
  };
}

function* busyWorker(sys: Sys): Waiting<number> {
  for (;;) {
    sys.charge(PASS);
    yield PREEMPT;
  }
}

function* memoryWorker(sys: Sys, { vmBytes, vmHang, vmKeep }: StressOptions): Waiting<number> {
  let touched = false;
  for (;;) {
    if (!touched || !vmKeep) {
      sys.holdMemory(vmBytes);
      if (sys.charge(Math.ceil(vmBytes / MEBIBYTE) * TOUCH)) yield PREEMPT;
      touched = true;
    }
    if (vmHang === 0) for (const never = new WaitQueue(); ; ) yield never;
    if (vmHang !== undefined) yield* sys.sleep(vmHang * SECOND);
    else if (sys.charge(PASS)) yield PREEMPT;
    if (!vmKeep) sys.holdMemory(0);
  }
}

function* diskWorker(sys: Sys, { hddBytes }: StressOptions): Waiting<number> {
  const chunk = new Uint8Array(MEBIBYTE - 1);
  for (let round = 0; ; round += 1) {
    const path = `./stress.${sys.pid}.${round}`;
    const file = sys.open(path, { write: true, create: true, exclusive: true }, 0o600);
    sys.unlink(path);
    for (let done = 0; done < hddBytes; done += chunk.length) yield* sys.write(file, chunk);
    sys.close(file);
  }
}
