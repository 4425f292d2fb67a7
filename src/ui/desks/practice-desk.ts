import type { LabSession, OpenSessionOptions } from '../ports.js';
import { messageOf } from '../screens/words.js';
import type { Intent } from '../store/event.js';
import type { PracticeState } from '../store/practice-state.js';
import type { State } from '../store/state.js';
import type { Store } from '../store/store.js';
import { say } from '../words/words.js';

/** What practice does with the world around it. */
export interface PracticeDeskParts {
  readonly session: LabSession;
  readonly practice: NonNullable<LabSession['practice']>;
  readonly store: Store;
  readonly type: (bytes: Uint8Array) => void;
  /** Opens what goes on in this session's place. */
  readonly exchange: (start: (options: OpenSessionOptions) => Promise<LabSession>) => void;
  /** Opens the same lab with another draw. */
  readonly another: () => void;
}

/** What one does at a lab in practice beside solving it: look at the checks, go back, take another cause, see the solution. */
export class PracticeDesk {
  private readonly parts: PracticeDeskParts;
  private closed = false;

  constructor(parts: PracticeDeskParts) {
    this.parts = parts;
  }

  /** On the lab screen. */
  perform(intent: Intent): void {
    if (intent === 'checks') void this.look();
    if (intent === 'moments') this.showMoments();
    if (intent === 'another') this.askAnother();
    if (intent === 'solution') this.turnSolution();
    if (intent === 'solution-type') this.typeNext();
  }

  /** Over it. */
  performOverlay({ overlay }: State, intent: Intent): void {
    const { session, practice, exchange, another } = this.parts;
    if (overlay?.name === 'checks') {
      if (intent === 'checks') void this.look();
      // The clock went with the look, not with the person's work.
      if (intent === 'back') session.start();
    }
    if (overlay?.name === 'moments' && overlay.asks && intent === 'yes') {
      const moment = overlay.moments[overlay.cursor];
      if (moment) exchange((options) => practice.reset(moment, options));
    }
    if (overlay?.name !== 'notice' || intent !== 'yes') return;
    if (overlay.offers === 'another') another();
    if (overlay.offers === 'solution') this.showSolution();
  }

  close(): void {
    this.closed = true;
  }

  private async look(): Promise<void> {
    const { session, practice, store } = this.parts;
    if (store.get().lab?.practice?.looking) return;
    session.pause();
    this.show({ looking: true, failure: undefined });
    try {
      this.show({ report: await practice.look(), looking: false });
    } catch (error) {
      this.show({ failure: messageOf(error), looking: false });
    }
    if (!this.closed && store.get().overlay?.name !== 'checks') session.start();
  }

  private showMoments(): void {
    const { practice, store } = this.parts;
    try {
      store.dispatch({ type: 'moments', moments: practice.moments() });
    } catch (error) {
      store.dispatch({ type: 'noticed', title: say('moments.title'), text: messageOf(error), offers: 'nothing' });
    }
  }

  private askAnother(): void {
    const { session, store, another } = this.parts;
    if (session.typed().length === 0) return another();
    store.dispatch({ type: 'noticed', title: say('another.title'), text: say('another.how'), offers: 'another' });
  }

  private turnSolution(): void {
    const { store } = this.parts;
    const { practice, real } = store.get().lab ?? {};
    if (!practice) return;
    if (practice.solution) return this.show({ solution: false });
    if (practice.solutionSeen) return this.showSolution();
    store.dispatch({
      type: 'noticed',
      title: say('solution.title'),
      text: real ? say('solution.how-real') : say('solution.how'),
      offers: 'solution',
    });
  }

  private showSolution(): void {
    const { session, store } = this.parts;
    if (!store.get().lab?.practice?.solutionSeen) session.noteSolution();
    this.show({ solution: true, solutionSeen: true });
  }

  private typeNext(): void {
    const { practice, store, type } = this.parts;
    const state = store.get().lab?.practice;
    if (!state) return;
    if (!state.solution) return this.turnSolution();
    const step = practice.steps[state.typed];
    if (!step) return;
    this.show({ typed: state.typed + 1 });
    type(step.bytes);
  }

  private show(change: Partial<PracticeState>): void {
    if (!this.closed) this.parts.store.dispatch({ type: 'practice', change });
  }
}
