import type { Bytes } from '../bytes.js';
import { encodeText } from '../bytes.js';
import { COST } from '../cost.js';
import { Errno, isErrno } from '../errno.js';
import type { FileStat, OpenFile } from '../files.js';
import { createPipe } from '../pipe.js';
import type { Terminal } from '../terminal.js';
import type { Micros } from '../time.js';
import type { Waiting, WaitQueue } from '../wait.js';
import { PREEMPT } from '../wait.js';
import { BaseCalls } from './base.js';

const READ_BYTES = 65_536;

/** The system calls on descriptors: reading, writing, waiting for either. */
export class DescriptorCalls extends BaseCalls {
  close(descriptor: number): void {
    this.process.descriptors.close(descriptor);
  }

  duplicate(descriptor: number, to?: { exactly: number } | { from: number }): number {
    const { descriptors } = this.process;
    const file = descriptors.get(descriptor);
    if (to && 'exactly' in to && to.exactly === descriptor) return descriptor;
    file.retain();
    if (to && 'exactly' in to) {
      descriptors.replace(to.exactly, file);
      return to.exactly;
    }
    return descriptors.install(file, to?.from ?? 0);
  }

  closeOnExec(descriptor: number, value: boolean): void {
    this.process.descriptors.setCloseOnExec(descriptor, value);
  }

  pipe(): { read: number; write: number } {
    const { read, write } = createPipe();
    return { read: this.install(read), write: this.install(write) };
  }

  install(file: OpenFile): number {
    return this.process.descriptors.install(file);
  }

  openFile(descriptor: number): OpenFile {
    return this.process.descriptors.get(descriptor);
  }

  descriptors(): readonly number[] {
    return this.process.descriptors.numbers();
  }

  seek(descriptor: number, offset: number, whence: 'set' | 'current' | 'end'): number {
    return this.openFile(descriptor).seek(offset, whence);
  }

  statDescriptor(descriptor: number): FileStat {
    this.charge(COST.file);
    return this.openFile(descriptor).stat();
  }

  *read(descriptor: number, max = READ_BYTES): Waiting<Bytes> {
    const file = this.openFile(descriptor);
    for (;;) {
      if (file.terminal) yield* this.becomeForeground(file.terminal);
      const bytes = file.tryRead(max);
      if (bytes !== undefined) {
        if (this.charge(costOf(bytes.length))) yield PREEMPT;
        return bytes;
      }
      yield file.readable as WaitQueue;
    }
  }

  *write(descriptor: number, data: Bytes | string): Waiting<void> {
    const file = this.openFile(descriptor);
    let bytes = typeof data === 'string' ? encodeText(data) : data;
    for (;;) {
      const taken = this.tryWrite(file, bytes);
      if (taken === 'broken pipe') {
        this.process.signal('PIPE');
        if (this.process.ending) yield PREEMPT;
        throw new Errno('EPIPE');
      }
      if (taken !== undefined) {
        const cost = file.terminal ? COST.io + taken * COST.terminalByte : costOf(taken);
        if (this.charge(cost)) yield PREEMPT;
        if (taken === bytes.length) return;
        bytes = bytes.subarray(taken);
      } else {
        yield file.writable as WaitQueue;
      }
    }
  }

  *poll(descriptors: readonly number[], timeout?: Micros): Waiting<number[]> {
    const until = timeout === undefined ? undefined : this.now() + timeout;
    for (;;) {
      const ready = descriptors.filter((descriptor) => this.openFile(descriptor).hasInput());
      if (ready.length > 0 || (until !== undefined && this.now() >= until)) return ready;
      const queues = descriptors.flatMap((descriptor) => this.openFile(descriptor).readable ?? []);
      yield until === undefined ? { queues } : { queues, until };
    }
  }

  private tryWrite(file: OpenFile, bytes: Bytes): number | undefined | 'broken pipe' {
    try {
      return file.tryWrite(bytes);
    } catch (error) {
      if (isErrno(error, 'EPIPE')) return 'broken pipe';
      throw error;
    }
  }

  /** tty_ioctl(4): a background group that reads its controlling terminal is stopped by SIGTTIN. */
  private *becomeForeground(terminal: Terminal): Waiting<void> {
    const { process } = this;
    while (terminal.session === process.session && terminal.foreground !== 0 && terminal.foreground !== process.group) {
      if (process.dispositionOf('TTIN') === 'ignore') throw new Errno('EIO');
      process.host.signalGroup(process.group, 'TTIN', process.space);
      yield PREEMPT;
    }
  }
}

function costOf(bytes: number): Micros {
  return COST.io + (bytes >> 10) * COST.ioPerKibibyte;
}
