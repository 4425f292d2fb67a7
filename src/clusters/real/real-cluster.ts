import type { Capability, Cluster, PutBack, WorldSpec } from '../port.js';
import type { NamedObject } from './named-objects.js';

/** Where real clusters come from: `kind` makes them, a context of a kubeconfig names one that is there. */
export interface RealSource {
  /** As it is written after `--cluster`: `kind`, `context=NAME`. */
  readonly name: string;
  /**
   * What a cluster of this source will be able to do in such a world, told without making one. Throws `ClusterError`
   * with what is missing on this computer, and how to get it.
   */
  capabilities(wanted: WantedWorld): Promise<ReadonlySet<Capability>>;
  /** Makes a cluster or takes up a warm one. An aborted opening leaves nothing behind. Throws `ClusterError`. */
  open(wanted: WantedWorld, how: OpenHow): Promise<RealCluster>;
  /**
   * Takes up the cluster that an attempt was left on without being restored, as it stands. Undefined where it is gone or was
   * restored since, and where this source cannot do that. Throws `ClusterError` where it does not answer.
   */
  takeUp?(attempt: string, how: OpenHow): Promise<RealCluster | undefined>;
}

/** What has to be known of a lab's world before its variants are put in. */
export type WantedWorld = Pick<WorldSpec, 'base' | 'cni' | 'dualStack' | 'addons'>;

export interface OpenHow {
  /** The attempt that it is for: by this id what is made for it is known again. */
  readonly attempt?: string;
  /** It can be gone on with after a crash: what that leaves is the person's own work. */
  readonly lasting?: boolean | undefined;
  /** Told of each step: its words (present participle, lower case), and how many there are at most. */
  onStep(step: Step): void;
  /** Ends what is being done; what was made until then is taken away again. */
  readonly signal?: AbortSignal;
  /** What checks and tasks name: a cluster that is not the lab's alone lets nothing else be made. See `namedObjects`. */
  readonly named?: readonly NamedObject[];
  /**
   * Asks the person; `question` says what will be done to what. False where nobody can be asked. To what does away with the
   * person's own work, or what may be somebody's (`own-work`), nobody says yes beforehand; what an earlier attempt left behind
   * (`stray`) may stay.
   */
  confirm(question: string, about?: 'own-work' | 'stray'): Promise<boolean>;
}

/** A step of something that takes long. */
export interface Step {
  readonly says: string;
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** What of an instance the cluster decides. */
export interface Place {
  /** The value of the variant `host`, where a lab has one: what its hosts' names begin with. */
  readonly host: string;
  /** Names of the cluster's hosts by their base names (`controlplane`, `node01`, `node02`), as far as they are the lab's. */
  readonly hosts: Readonly<Record<string, string>>;
  /** The folder for answers, an absolute path: what `{{answers}}` stands for. It is the same wherever scripts run. */
  readonly answers: string;
}

/** How the person's own shell is started for a cluster. */
export interface OwnShell {
  /** A program and its arguments; never through another shell. */
  readonly command: string;
  readonly args: readonly string[];
  /** On top of the person's own: KUBECONFIG, and PATH with what maps `ssh` to nodes. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** How scripts of a lab are played: each text is typed when whoever reads asks for more. */
export interface Played {
  /** A host's name, and a user there. */
  readonly host: string;
  readonly user: string;
  /** What is typed, newlines included. */
  readonly texts: readonly string[];
  onOutput?(bytes: Uint8Array): void;
  /** Aborted when nobody wants them to be played any more: then what runs there is hung up. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A real cluster: the port, and what only those have that are not made for one attempt. `close` lets go of it and leaves it as
 * it stands; `restore` before that takes away what the attempt made.
 */
export interface RealCluster extends Cluster {
  readonly place: Place;
  readonly shell: OwnShell;
  /** What the person should know of this cluster, a sentence each. */
  readonly notes?: readonly string[];
  /** As every cluster does it; with `namespaces` only what is in these is waited for. */
  settle(secondsMax: number, namespaces?: readonly string[]): Promise<boolean>;
  /** As every cluster does it; with `namespaces` nothing in others is put back. */
  noteState?(namespaces?: readonly string[]): Promise<PutBack>;
  /** Makes the world of an attempt: its steps in order. Throws `ClusterError` with the step that failed. */
  setUp(world: WorldSpec, how: OpenHow): Promise<void>;
  /** Why answers that lie on the person's own disk cannot be looked at, a sentence; undefined where they can. */
  refusalOfAnswers?(): string | undefined;
  /** Plays what a lab says in a fresh login shell, where it can do the person's computer no harm. */
  play(played: Played): Promise<void>;
  /** Takes away what an attempt made and puts back what it changed. Gives what could not be, a sentence each. */
  restore(how: OpenHow): Promise<readonly string[]>;
}
