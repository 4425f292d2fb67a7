import type { LessonRow } from '../learn-ports.js';
import type { ScreenPorts } from '../ports.js';
import { messageOf } from '../screens/words.js';
import type { Intent } from '../store/event.js';
import type { Screen, State } from '../store/state.js';
import type { Store } from '../store/store.js';
import { say } from '../words/words.js';
import type { StartSession } from './lab-desk.js';
import { ReviewDesk } from './review-desk.js';

/** What the room of lessons and cards does with the world around it. */
export interface LearnDeskParts {
  readonly ports: Pick<ScreenPorts, 'lessons' | 'review'>;
  readonly store: Store;
  /** Opens a session at the lab screen. */
  readonly open: (title: string, start: StartSession) => void;
  /** Back to the labs. */
  readonly toCatalogue: () => void;
  readonly quit: () => void;
}

/** The list of lessons, and the cards. */
export class LearnDesk {
  private readonly parts: LearnDeskParts;
  private review: ReviewDesk | undefined;
  /** Where cards were asked for. */
  private reviewFrom: Screen['name'] | 'start' = 'catalogue';

  constructor(parts: LearnDeskParts) {
    this.parts = parts;
  }

  /** Shows the list as it is now. */
  showLessons(): void {
    const { ports, store } = this.parts;
    if (!ports.lessons) return;
    store.dispatch({ type: 'lessons-read', rows: ports.lessons.list() });
    store.dispatch({ type: 'shown', screen: { name: 'lessons' } });
  }

  /** Begins a lesson, or goes on with it. */
  openLesson(id: string, anew: boolean): void {
    const { lessons } = this.parts.ports;
    const row = lessons?.list().find((one) => one.id === id);
    if (lessons && row) this.parts.open(row.title, (options) => lessons.open(id, anew, options));
  }

  /** Asks cards; `atStart`: the program was started for that. */
  async showReview(atStart = false): Promise<void> {
    const { ports, store } = this.parts;
    this.reviewFrom = atStart ? 'start' : store.get().screen.name;
    const fail = (title: string, message: string): void =>
      store.dispatch({ type: 'shown', screen: { name: 'error', title, message } });
    try {
      // Cards are read once; what is remembered of them is as it is now.
      const review = this.review ? undefined : await ports.review?.();
      if (review) this.review ??= new ReviewDesk({ review, store, fail });
    } catch (error) {
      return fail(say('review.unreadable'), messageOf(error));
    }
    this.review?.open();
  }

  /** Does what a key means in the list or at a card; false when it is none of these screens. */
  perform({ screen, lessons }: State, intent: Intent): boolean {
    if (screen.name === 'lessons') this.performList(lessons?.rows[lessons.cursor], intent);
    else if (screen.name === 'review' && intent === 'leave') this.leaveReview();
    else if (screen.name === 'review') this.review?.perform(intent);
    else return false;
    return true;
  }

  /** Back to where cards were asked for. */
  private leaveReview(): void {
    const { store, toCatalogue, quit } = this.parts;
    if (this.reviewFrom === 'start') return quit();
    if (this.reviewFrom === 'lessons') return this.showLessons();
    toCatalogue();
    if (this.reviewFrom === 'progress') store.dispatch({ type: 'shown', screen: { name: 'progress' } });
  }

  private performList(row: LessonRow | undefined, intent: Intent): void {
    if (intent === 'back') this.parts.toCatalogue();
    if (intent === 'review') void this.showReview();
    if (row && (intent === 'open' || intent === 'lesson-anew')) this.openLesson(row.id, intent === 'lesson-anew');
  }
}
