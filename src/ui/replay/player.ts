import type { Replay, ReplayFrame, ReplayPart } from '../replay-ports.js';

const MICROS = 1000;
/** Pieces that are got ready while one is played. */
const AHEAD = 2;

/** Told what is to be seen, with the exam's task it belongs to. */
export type ShowFrame = (frame: ReplayFrame, task: number | undefined) => void;

export interface PlayerOptions {
  readonly replay: Replay;
  /** Pauses longer than this are cut to it; microseconds of the recording. */
  readonly idleMax: number | undefined;
  readonly show: ShowFrame;
}

/** Plays at a pace: whoever holds it says how much real time has passed. Knows no clock. */
export class Player {
  /** How many times as quickly as it happened. */
  speed = 1;
  paused = false;
  /** Microseconds since what is played began. */
  position = 0;
  private readonly replay: Replay;
  private readonly idleMax: number;
  private readonly show: ShowFrame;
  private readonly parts: ReplayPart[] = [];
  private frame = 0;
  /** When something was last seen. */
  private lastSeen = 0;
  /** As far as is gone without a pause. */
  private leapTo = 0;
  private leapsToLine = false;
  private fetching: Promise<void> | undefined;
  private exhausted = false;

  constructor({ replay, idleMax = Number.POSITIVE_INFINITY, show }: PlayerOptions) {
    this.replay = replay;
    this.idleMax = idleMax;
    this.show = show;
    this.fetch();
  }

  /** Everything has been shown. */
  get ended(): boolean {
    return this.exhausted && this.parts.length === 0;
  }

  /** What is to be shown next is still being made. */
  get waits(): boolean {
    return !this.exhausted && this.parts.length === 0;
  }

  /** Shows what is due after so many real milliseconds. */
  advance(milliseconds: number): void {
    const leaps = this.leapsToLine || this.leapTo > this.position;
    if (this.paused && !leaps) return;
    const due = this.paused ? this.position : this.position + milliseconds * MICROS * this.speed;
    let target = this.leapsToLine ? Number.POSITIVE_INFINITY : Math.max(due, this.leapTo);
    for (let part = this.parts[0]; part; part = this.parts[0]) {
      this.position = Math.max(this.position, part.from);
      const frame = part.frames[this.frame];
      const at = frame ? frame.at : part.until;
      const awaited = this.lastSeen + this.idleMax;
      if (at > target && at > awaited && target >= awaited) target = at;
      if (at > target) {
        this.position = Math.max(this.position, target);
        return;
      }
      this.position = Math.max(this.position, at);
      if (!frame) this.turn();
      else if (this.showOne(frame, part)) return;
    }
  }

  /** On by so many seconds of the recording, without waiting. */
  leap(seconds: number): void {
    this.leapTo = Math.max(this.leapTo, this.position + seconds * 1000 * MICROS);
  }

  /** On to where the next line was entered. */
  leapToLine(): void {
    this.leapsToLine = true;
  }

  /** Resolves when there is something to show, or nothing more to come. */
  async ready(): Promise<void> {
    while (this.waits) await this.fetching;
  }

  /** Shows a frame; true where it is the one that was gone to. */
  private showOne(frame: ReplayFrame, { task }: ReplayPart): boolean {
    this.frame += 1;
    if (frame.kind === 'output') this.lastSeen = frame.at;
    this.show(frame, task);
    if (frame.kind !== 'line' || !this.leapsToLine) return false;
    this.leapsToLine = false;
    return true;
  }

  private turn(): void {
    this.parts.shift();
    this.frame = 0;
    // What was not sat is no pause.
    const [next] = this.parts;
    if (next && next.from > this.position) this.lastSeen += next.from - this.position;
    this.fetch();
  }

  private fetch(): void {
    if (this.fetching || this.exhausted || this.parts.length >= AHEAD) return;
    this.fetching = this.replay
      .next()
      .catch(() => undefined)
      .then((part) => {
        this.fetching = undefined;
        if (part) this.parts.push(part);
        else this.exhausted = true;
        this.fetch();
      });
  }
}
