import { deepCopy, type KubeObject, semanticEqual } from '../../api/object.js';
import type { AdmissionRequest } from './admission.js';

/** What one plug-in that may be run again knows of a request. */
class PluginRounds {
  private last: KubeObject | undefined;
  private ran = new Set<string>();
  private again = new Set<string>();

  constructor(private readonly all: Reinvocation) {}

  /** Begins a round. What others changed meanwhile is a reason to run everybody again who wants to. */
  begin(object: KubeObject | undefined): this {
    if (this.all.isAgain && !semanticEqual(this.last, object)) this.requireAgain();
    return this;
  }

  /** 0 for the first round, 1 for the second. */
  get number(): number {
    return this.all.isAgain ? 1 : 0;
  }

  /** In the second round only those run that ran in the first and want to. */
  mayRun(id: string): boolean {
    return !this.all.isAgain || this.again.has(id);
  }

  /** Somebody changed the object: those who ran before and want to be asked again are. */
  changed(): void {
    this.requireAgain();
    this.all.isNeeded = true;
  }

  mayRunAgain(id: string): void {
    this.ran.add(id);
  }

  done(object: KubeObject | undefined): void {
    this.last = object && deepCopy(object);
  }

  private requireAgain(): void {
    for (const id of this.ran) this.again.add(id);
    this.ran = new Set();
  }
}

/** Whether the changing half of the chain is to be run a second time for a request, and for whom. */
export class Reinvocation {
  isNeeded = false;
  isAgain = false;
  private readonly plugins = new Map<string, PluginRounds>();

  /** What a plug-in knows, at the beginning of its round. */
  plugin(name: string, object: KubeObject | undefined): PluginRounds {
    let rounds = this.plugins.get(name);
    if (!rounds) {
      rounds = new PluginRounds(this);
      this.plugins.set(name, rounds);
    }
    return rounds.begin(object);
  }
}

const rounds = new WeakMap<AdmissionRequest, Reinvocation>();

/** What is known of a request's rounds. */
export function reinvocationOf(request: AdmissionRequest): Reinvocation {
  let known = rounds.get(request);
  if (!known) {
    known = new Reinvocation();
    rounds.set(request, known);
  }
  return known;
}

/** The same where somebody has asked for it already: a chain without webhooks and policies pays for nothing. */
export function knownReinvocation(request: AdmissionRequest): Reinvocation | undefined {
  return rounds.get(request);
}
