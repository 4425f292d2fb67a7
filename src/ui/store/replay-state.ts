/** What is played, apart from its clock. */
export interface ReplayState {
  readonly title: string;
  /** Whole seconds. */
  readonly length: number;
  /** The exam's task that is in front. */
  readonly task: number | undefined;
  /** The terminal that is seen, where there are more than one. */
  readonly terminal: number | undefined;
  readonly host: string;
  readonly speed: number;
  readonly paused: boolean;
  /** What comes next is still being made. */
  readonly waits: boolean;
  readonly ended: boolean;
  /** What the person did beside the terminal, or what is to be known, until a line is entered. */
  readonly said: string | undefined;
}

const NOTHING: ReplayState = {
  title: '',
  length: 0,
  task: undefined,
  terminal: undefined,
  host: '',
  speed: 1,
  paused: false,
  waits: true,
  ended: false,
  said: undefined,
};

/** What is played after something of it changed; the same where nothing did. */
export function changedReplay(replay: ReplayState = NOTHING, change: Partial<ReplayState>): ReplayState {
  const next = { ...replay, ...change };
  const names = Object.keys(next) as (keyof ReplayState)[];
  return names.every((name) => next[name] === replay[name]) ? replay : next;
}
