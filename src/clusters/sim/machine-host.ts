import type { Machine, MachineInput, MachineOptions, OutsideEvent } from '../../sim/index.js';
import type { Answers, HostMessage, Question, QuestionMessage } from './protocol.js';

/**
 * Virtual time passes in portions of this size, so that output and answers flow while much is to be done. Where nothing
 * comes out they grow: a replay of hours is mostly silence.
 */
const PORTION = 20_000;
const PORTION_MAX = 640_000;
/** How long a machine must have been quiet to count as settled. */
const QUIET_STEP = 1_000_000;

/**
 * Keeps one machine and answers questions about it, one after another, in the thread it is created in. It knows no
 * wall clock: time moves as the questions say.
 */
export class MachineHost {
  private machine: Machine | undefined;
  private readonly send: (message: HostMessage) => void;
  private readonly create: (options: MachineOptions) => Promise<Machine>;
  private queue: Promise<void> = Promise.resolve();
  private finished = new Set<number>();

  constructor(send: (message: HostMessage) => void, create: (options: MachineOptions) => Promise<Machine>) {
    this.send = send;
    this.create = create;
  }

  /** Takes a question; it is answered after all that came before it. */
  receive(message: QuestionMessage): void {
    this.queue = this.queue.then(() => this.handle(message));
  }

  private async handle({ number, question }: QuestionMessage): Promise<void> {
    try {
      const value = question.ask === 'open' ? await this.open(question.options) : this.answer(question);
      this.flush();
      this.send({ say: 'answer', number, reached: this.machine?.now() ?? 0, value });
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      this.send({ say: 'failure', number, message, stack });
    }
  }

  private async open(options: MachineOptions): Promise<undefined> {
    this.machine = await this.create(options);
  }

  private answer(question: Exclude<Question, { ask: 'open' }>): Answers[Question['ask']] {
    const machine = this.present();
    switch (question.ask) {
      case 'advance-to':
        return this.advanceTo(question.instant);
      case 'input':
        this.advanceTo(question.instant);
        return this.give(question.input);
      case 'until-input':
        return machine.advanceUntil(() => machine.wantsInput(question.terminal), question.limit);
      case 'perform':
        return this.perform(question.input, question.limit);
      case 'settle':
        return this.settle(question.limit);
      case 'hosts':
        return machine.hosts();
      case 'file':
        return machine.file(question.host, question.path);
      case 'directory':
        return machine.directory(question.host, question.path);
      case 'running-in':
        return machine.runningIn(question.terminal);
      case 'trace-hash':
        return machine.traceHash();
      case 'crashes':
        return machine.crashes();
    }
  }

  private advanceTo(instant: number): undefined {
    const machine = this.present();
    let portion = PORTION;
    while (machine.now() < instant) {
      machine.advance(Math.min(portion, instant - machine.now()));
      portion = this.flush() ? PORTION : Math.min(2 * portion, PORTION_MAX);
    }
    return undefined;
  }

  private give(input: MachineInput): undefined {
    const machine = this.present();
    machine.input(input);
    // What can answer at this very instant does so now: a typed key is echoed before the next tick.
    machine.advance(0);
    return undefined;
  }

  private perform(input: MachineInput & { id: number }, limit: number): boolean {
    const machine = this.present();
    machine.input(input);
    return machine.advanceUntil(() => {
      this.flush();
      return this.finished.delete(input.id);
    }, limit);
  }

  private settle(limit: number): boolean {
    const machine = this.present();
    const end = machine.now() + limit;
    while (!machine.isQuiet()) {
      if (machine.now() >= end) return false;
      this.advanceTo(Math.min(end, machine.now() + QUIET_STEP));
    }
    return true;
  }

  /** Sends what came out; false when nothing did. */
  private flush(): boolean {
    const events = this.present().takeEvents();
    if (events.length === 0) return false;
    for (const event of events) if (endsPerformance(event)) this.finished.add(event.id);
    this.send({ say: 'events', events });
    return true;
  }

  private present(): Machine {
    if (!this.machine) throw new Error('the simulated cluster has not been opened');
    return this.machine;
  }
}

function endsPerformance(event: OutsideEvent): event is OutsideEvent & { id: number } {
  return event.kind === 'finished' || event.kind === 'end' || (event.kind === 'response' && !event.streaming);
}
