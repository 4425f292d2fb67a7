import { ClusterError } from '../../clusters/port.js';
import type { LabInstance } from '../format/instance.js';
import type { ProofCase } from './case.js';
import { caseKey } from './case-key.js';
import { type FailedCommand, failedCommand } from './failed-command.js';
import { judgeCase } from './judge.js';
import type { ProofMemory } from './memory.js';
import type { Outcome } from './outcome.js';
import type { Seen } from './play-life.js';
import type { Players } from './players.js';

/** Something that is not as it must be. */
export interface ProofFailure {
  readonly lab: string;
  readonly seed: string;
  readonly draw: LabInstance['draw'];
  readonly says: string;
  readonly expected: string;
  readonly found: string;
  /** The commands that were typed, to see it by hand. */
  readonly commands: readonly string[];
  /** The first command that ended with another status than 0, where everything was to succeed. */
  readonly failed?: FailedCommand;
}

/** How one case was decided. */
export interface Decided {
  readonly failure: ProofFailure | undefined;
  /** Real time its machine took for it, now or when it was played. */
  readonly milliseconds: number;
  /** Nothing was played: it is known from an earlier proof. */
  readonly remembered: boolean;
}

/** Who plays, and who remembers what was played before; without one everything is played. */
export interface Prover {
  readonly players: Pick<Players, 'live' | 'show'>;
  readonly memory?: ProofMemory | undefined;
  /** Once it is aborted nobody waits any more: what is not decided stays so. */
  readonly signal?: AbortSignal;
}

/** What is said of every case of a lab whose world is described wrongly. */
const UNMADE = 'the world can be made';

/** A case until it is decided; at once where it is remembered. */
export class CaseInPlay {
  readonly proof: ProofCase;
  readonly known: boolean;
  readonly decided: Promise<Decided>;
  private readonly instance: LabInstance;
  private readonly prover: Prover;
  private readonly key: string;
  private resolve: (decided: Decided) => void = () => {};
  private reject: (error: unknown) => void = () => {};

  constructor(instance: LabInstance, proof: ProofCase, prover: Prover) {
    this.instance = instance;
    this.proof = proof;
    this.prover = prover;
    this.decided = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever waits for it gets the error; until somebody does, it is not an unhandled one.
    this.decided.catch(() => {});
    const { memory } = prover;
    this.key = memory ? caseKey(memory.program, instance, proof) : '';
    const outcome = memory?.recall(instance.lab.id, this.key);
    this.known = outcome !== undefined;
    if (outcome) this.decide(outcome, true);
  }

  /** Decides by what was seen. */
  async judge(seen: Seen, milliseconds: number): Promise<void> {
    try {
      const outcome = await this.outcome(seen, milliseconds);
      this.prover.memory?.note(this.instance.lab.id, this.key, outcome);
      this.decide(outcome, false);
    } catch (error) {
      this.giveUp(error);
    }
  }

  /** It could not be played: a failure where the lab is to blame, else an error. */
  giveUp(error: unknown): void {
    if (!(error instanceof ClusterError)) return this.reject(error);
    const failure = { ...this.told(), says: UNMADE, expected: 'a world in which it is played', found: error.message };
    this.resolve({ failure, milliseconds: 0, remembered: false });
  }

  private async outcome(seen: Seen, milliseconds: number): Promise<Outcome> {
    const difference = judgeCase(this.proof, seen);
    if (!difference) return { holds: true, milliseconds };
    // Where a program of ours broke, that is what there is to say.
    const { kind } = this.proof.expects;
    const asks = (kind === 'everything' || kind === 'steps') && seen.crashes.length === 0;
    const failed = asks ? await failedCommand(this.instance, this.proof.steps, this.prover.players) : undefined;
    return { holds: false, milliseconds, ...difference, ...(failed ? { failed } : {}) };
  }

  private decide(outcome: Outcome, remembered: boolean): void {
    const { milliseconds } = outcome;
    if (outcome.holds) return this.resolve({ failure: undefined, milliseconds, remembered });
    const { expected, found, failed } = outcome;
    const commands = this.proof.steps.flatMap(({ lines }) => lines);
    const failure = { ...this.told(), says: this.proof.says, expected, found, commands, ...(failed ? { failed } : {}) };
    this.resolve({ failure, milliseconds, remembered });
  }

  private told(): Pick<ProofFailure, 'lab' | 'seed' | 'draw' | 'commands'> {
    const { lab, seed, draw } = this.instance;
    return { lab: lab.id, seed, draw, commands: [] };
  }
}
