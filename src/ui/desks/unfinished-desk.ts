import type { InterruptedAttempt, ScreenPorts, WantedLab } from '../ports.js';
import { messageOf } from '../screens/words.js';
import type { Intent } from '../store/event.js';
import type { Overlay, State } from '../store/state.js';
import type { Store } from '../store/store.js';
import { attemptsOffered, isDroppedTwice } from '../store/unfinished.js';
import { say } from '../words/words.js';

/** What the list of unfinished attempts does with the world around it. */
export interface UnfinishedDeskParts {
  readonly ports: Pick<ScreenPorts, 'discard' | 'exams'>;
  readonly store: Store;
  readonly goOn: (attempt: InterruptedAttempt) => void;
  readonly begin: (lab: WantedLab) => void;
  readonly readCatalogue: () => void;
}

/** Attempts that were begun and not ended: offered to go on with, and dropped. */
export class UnfinishedDesk {
  private readonly parts: UnfinishedDeskParts;

  constructor(parts: UnfinishedDeskParts) {
    this.parts = parts;
  }

  /** At the start they are offered; where an exam is wanted, only exams are in the way. */
  offer(): void {
    const { store } = this.parts;
    const { screen, catalogue } = store.get();
    if (screen.name === 'catalogue' || catalogue.view.unfinished.some(({ exam }) => exam))
      store.dispatch({ type: 'unfinished-offered' });
  }

  /** Begins a lab; where an attempt at it is unfinished, that one is offered first. */
  beginOrOffer(wanted: WantedLab): void {
    const { store, begin } = this.parts;
    const { screen, catalogue } = store.get();
    if (attemptsOffered(catalogue.view, { wanted }).length === 0) return begin(wanted);
    // Who asked for a lab at the start sees the catalogue when they take neither.
    if (screen.name === 'loading') store.dispatch({ type: 'shown', screen: { name: 'catalogue' } });
    store.dispatch({ type: 'unfinished-offered', wanted });
  }

  /** Does what a key means while they are shown, as they were before the key. */
  perform(overlay: Extract<Overlay, { name: 'unfinished' }>, { catalogue }: State, intent: Intent): void {
    const { goOn, begin } = this.parts;
    const attempt = attemptsOffered(catalogue.view, overlay)[overlay.cursor];
    if (overlay.wanted && intent === 'anew') begin(overlay.wanted);
    if (attempt && intent === 'yes') goOn(attempt);
    if (attempt && intent === 'drop' && (!isDroppedTwice(attempt) || overlay.dropping)) this.drop(attempt);
  }

  private drop({ id, exam, cluster, elsewhere }: InterruptedAttempt): void {
    const { ports, store, readCatalogue } = this.parts;
    try {
      if (exam) ports.exams?.discard(id);
      else ports.discard(id);
      readCatalogue();
      if (cluster !== undefined && !elsewhere)
        store.dispatch({ type: 'noticed', title: say('real.dropped'), text: stays(cluster), offers: 'nothing' });
    } catch (error) {
      store.dispatch({ type: 'noticed', title: say('unfinished.stays'), text: messageOf(error), offers: 'nothing' });
    }
  }
}

/** Where what an attempt made is found that was dropped. */
function stays(cluster: string): string {
  return cluster === 'kind' ? say('real.dropped-kind') : say('real.dropped-context', { cluster });
}
