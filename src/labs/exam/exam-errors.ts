/** An exam's time is over, or it was finished; no task can be opened any more. */
export class ExamOverError extends Error {
  constructor() {
    super('The exam is over.');
    this.name = 'ExamOverError';
  }
}

/** An exam was left; its machines are gone, and it can be gone on with. */
export class ExamLeftError extends Error {
  constructor() {
    super('the exam was left');
    this.name = 'ExamLeftError';
  }
}
