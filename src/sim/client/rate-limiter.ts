import { type Micros, SECOND } from '../kernel/time.js';

/** Tokens that come back at a steady rate, up to a burst. */
export class TokenBucket {
  private readonly rate: number;
  private readonly burst: number;
  private tokens: number;
  private last: Micros | undefined;

  /** `rate` tokens a second. */
  constructor(rate: number, burst: number) {
    this.rate = rate;
    this.burst = burst;
    this.tokens = burst;
  }

  /** Takes a token that may still have to come; the span until it is there. */
  reserve(now: Micros): Micros {
    this.refill(now);
    this.tokens -= 1;
    return this.tokens >= 0 ? 0 : Math.ceil((-this.tokens / this.rate) * SECOND);
  }

  /** Takes a token if there is one. */
  take(now: Micros): boolean {
    this.refill(now);
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  private refill(now: Micros): void {
    if (this.last !== undefined)
      this.tokens = Math.min(this.burst, this.tokens + ((now - this.last) / SECOND) * this.rate);
    this.last = now;
  }
}

/** Delays of failing keys: doubling for each key, and a bucket over all. The longer counts. */
export class RateLimiter {
  private readonly base: Micros;
  private readonly max: Micros;
  private readonly bucket: TokenBucket;
  private readonly failures = new Map<string, number>();

  constructor(limits: { base: Micros; max: Micros; rate: number; burst: number }) {
    this.base = limits.base;
    this.max = limits.max;
    this.bucket = new TokenBucket(limits.rate, limits.burst);
  }

  /** The delay of a key that failed once more. */
  when(key: string, now: Micros): Micros {
    const failures = this.failures.get(key) ?? 0;
    this.failures.set(key, failures + 1);
    const own = Math.min(this.max, this.base * 2 ** Math.min(failures, 60));
    return Math.max(own, this.bucket.reserve(now));
  }

  retries(key: string): number {
    return this.failures.get(key) ?? 0;
  }

  forget(key: string): void {
    this.failures.delete(key);
  }
}
