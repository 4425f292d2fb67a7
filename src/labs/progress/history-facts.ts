/** A lab as far as a history needs it. */
export interface LabFacts {
  readonly id: string;
  readonly title: string;
  readonly certification: string;
  readonly domain: string;
  /** Ids of task types; none for a lab that names none. */
  readonly types: readonly string[];
  readonly minutes: number;
  /** 1 to 5. */
  readonly difficulty: number;
}

/** A domain of an exam. */
export interface DomainFacts {
  readonly certification: string;
  readonly name: string;
  /** Per cent of the exam; undefined for a domain that only somebody's own labs have. */
  readonly weight: number | undefined;
}

/** A task type of the curriculum. */
export interface TypeFacts {
  readonly id: string;
  readonly certification: string;
  readonly domain: string;
  /** What the learner has to do. */
  readonly does: string;
}

/** A lesson as far as a history needs it. */
export interface LessonFacts {
  /** `cka/first-pods` */
  readonly name: string;
  readonly title: string;
  readonly certification: string;
  readonly steps: number;
}

/** What of the content a history is worked out with, each list in the order in which it is shown. */
export interface HistoryFacts {
  readonly labs: readonly LabFacts[];
  readonly domains: readonly DomainFacts[];
  readonly types: ReadonlyMap<string, TypeFacts>;
  /** In their order. */
  readonly lessons?: (() => readonly LessonFacts[]) | undefined;
  /** Names of the cards that there are, such as `cka/workloads/undo-a-rollout`; asked for only where some may be due. */
  readonly cards?: (() => ReadonlySet<string>) | undefined;
}
