/** By job: UIDs of pods whose finalizer was removed and not yet seen to be gone. They are not counted twice. */
export class FinalizerRemovals {
  private readonly expected = new Map<string, Set<string>>();

  expect(job: string, uids: readonly string[]): void {
    const before = this.expected.get(job) ?? new Set();
    this.expected.set(job, new Set([...before, ...uids]));
  }

  observed(job: string, uid: string | undefined): void {
    const uids = this.expected.get(job);
    if (uids?.delete(uid ?? '') && uids.size === 0) this.expected.delete(job);
  }

  /** Those still expected, as they are now. */
  of(job: string): ReadonlySet<string> {
    return new Set(this.expected.get(job));
  }

  forget(job: string): void {
    this.expected.delete(job);
  }
}
