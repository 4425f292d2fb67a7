import type { OutsideAnswer, OutsideQuestion } from '../../clusters/sim/sim-cluster.js';

/** Answers a question of the machine, however long that takes; calls `onOpen` when somebody really sits over it. */
export type Answerer = (question: OutsideQuestion, onOpen: () => void) => Promise<OutsideAnswer>;

interface Asked {
  readonly id: number;
  readonly question: OutsideQuestion;
}

export interface QuestionDeskParts {
  /** Gives an answer to the machine. */
  answer(id: number, answer: OutsideAnswer): void;
  /** Somebody sits over a question now. */
  opened(question: OutsideQuestion): void;
  /** From now on no time may pass. */
  hold(): void;
  /** All is answered. */
  release(): void;
}

/** Where a machine's questions are answered: one after another, in the order of asking, while no time passes. */
export class QuestionDesk {
  private readonly parts: QuestionDeskParts;
  private readonly open: Asked[] = [];
  private answerer: Answerer | undefined;
  private answering = false;

  constructor(parts: QuestionDeskParts) {
    this.parts = parts;
  }

  /** Whether a question is open. */
  get busy(): boolean {
    return this.open.length > 0;
  }

  /** Who answers from now on; questions wait for the first one. */
  attend(answerer: Answerer): void {
    this.answerer = answerer;
    void this.work();
  }

  ask(id: number, question: OutsideQuestion): void {
    this.open.push({ id, question });
    this.parts.hold();
    void this.work();
  }

  private async work(): Promise<void> {
    if (this.answering) return;
    this.answering = true;
    try {
      for (let [asked] = this.open; asked && this.answerer; [asked] = this.open) {
        const answer = await answerOf(this.answerer, asked.question, () => this.parts.opened(asked.question));
        this.open.shift();
        this.parts.answer(asked.id, answer);
        if (this.open.length === 0) this.parts.release();
      }
    } finally {
      this.answering = false;
    }
  }
}

async function answerOf(answerer: Answerer, question: OutsideQuestion, onOpen: () => void): Promise<OutsideAnswer> {
  try {
    return await answerer(question, onOpen);
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
