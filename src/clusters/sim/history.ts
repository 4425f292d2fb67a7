import type { Question } from './protocol.js';

type Lived = Exclude<Question, { ask: 'open' }>;

/** Questions that only look: a machine is the same without them. */
const LOOKING: ReadonlySet<Question['ask']> = new Set([
  'hosts',
  'file',
  'directory',
  'running-in',
  'trace-hash',
  'crashes',
]);

/** All that made a machine what it is since it was opened, in order. Asked again of a new one, they make the same of it. */
export class History {
  private readonly lived: Lived[] = [];

  note(question: Question): void {
    if (question.ask === 'open' || LOOKING.has(question.ask)) return;
    // Going to an instant and then to a later one is going to the later one.
    if (question.ask === 'advance-to' && this.lived.at(-1)?.ask === 'advance-to') this.lived.pop();
    this.lived.push(question);
  }

  questions(): readonly Lived[] {
    return [...this.lived];
  }
}
