import { Errno } from '../errno.js';
import type { Terminal, TerminalModes, WindowSize } from '../terminal.js';
import { ProcessCalls } from './processes.js';

/** The system calls on terminals. */
export abstract class TerminalCalls extends ProcessCalls {
  terminal(descriptor: number): Terminal | undefined {
    return this.openFile(descriptor).terminal;
  }

  controllingTerminal(): Terminal | undefined {
    return this.process.terminal;
  }

  setForeground(descriptor: number, group: number): void {
    const terminal = this.need(descriptor);
    if (terminal.session !== this.process.session) throw new Errno('ENOTTY');
    terminal.foreground = this.process.space.global(group);
  }

  foreground(descriptor: number): number {
    return this.process.space.local(this.need(descriptor).foreground);
  }

  terminalModes(descriptor: number): TerminalModes {
    return this.need(descriptor).modes;
  }

  setTerminalModes(descriptor: number, modes: TerminalModes): void {
    this.need(descriptor).setModes(modes);
  }

  windowSize(descriptor: number): WindowSize | undefined {
    return this.terminal(descriptor)?.windowSize;
  }

  openTerminal(size: WindowSize): Terminal {
    return this.process.host.openTerminal(size);
  }

  closeTerminal(terminal: Terminal): void {
    this.process.host.closeTerminal(terminal);
  }

  private need(descriptor: number): Terminal {
    const terminal = this.terminal(descriptor);
    if (!terminal) throw new Errno('ENOTTY');
    return terminal;
  }
}
