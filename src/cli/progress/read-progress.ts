import { cardNames } from '../../labs/cards/queue.js';
import { curriculum } from '../../labs/content/curriculum.js';
import { homeDirectory } from '../../labs/home.js';
import { factsOf, lessonFacts } from '../../labs/progress/facts-of.js';
import { type History, historyOf } from '../../labs/progress/history.js';
import type { HistoryFacts } from '../../labs/progress/history-facts.js';
import { ProgressStore } from '../../labs/progress/store.js';
import { decksOf, lessonsOf } from '../content.js';
import { allLabs } from '../find-lab.js';
import { type CommandIo, tell } from '../io.js';

/** A person's progress and what is worked out of it. */
export interface ReadProgress {
  readonly home: string;
  readonly store: ProgressStore;
  readonly facts: HistoryFacts;
  readonly history: History;
}

/** Opens the progress; what the person should know of it is told on the standard error. */
export function openProgress(io: CommandIo): Pick<ReadProgress, 'home' | 'store'> {
  const home = homeDirectory(io.environment);
  const store = ProgressStore.open(home);
  for (const notice of store.notices) tell(io, notice);
  return { home, store };
}

/** Opens the progress and works it out as it is now. */
export function readProgress(io: CommandIo): ReadProgress {
  const { home, store } = openProgress(io);
  const facts = {
    ...factsOf(allLabs(io), curriculum()),
    lessons: () => lessonsOf(io).lessons.map(lessonFacts),
    cards: () => cardNames(decksOf(io).decks),
  };
  return { home, store, facts, history: historyOf(store.progress, facts, Date.now()) };
}
