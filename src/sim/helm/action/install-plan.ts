import type { Waiting } from '../../kernel/wait.js';
import type { Chart, Values } from '../chart/chart.js';
import { HelmError } from '../errors.js';
import type { WaitPlan } from '../kube/wait.js';
import type { Release } from '../release/release.js';
import type { Capabilities } from '../render/capabilities.js';
import type { DryRun } from './options.js';

/** How a release is installed. */
export interface InstallPlan {
  readonly name: string;
  readonly chart: Chart;
  readonly values: Values;
  readonly dryRun: DryRun;
  readonly wait: WaitPlan;
  readonly serverSide: boolean;
  readonly forceConflicts: boolean;
  readonly forceReplace: boolean;
  readonly createNamespace: boolean;
  readonly replace: boolean;
  readonly hooks: boolean;
  readonly skipCrds: boolean;
  readonly includeCrds: boolean;
  readonly undoOnFailure: boolean;
  readonly subNotes: boolean;
  readonly skipSchemas: boolean;
  readonly hideSecrets: boolean;
  readonly takeOwnership: boolean;
  readonly isUpgrade: boolean;
  readonly description: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of a rendering without a cluster. */
  readonly local: Capabilities;
  readonly write?: (path: string, content: string) => Waiting<void>;
}

/** A release could not be rendered; what there was of it comes along. */
export class FailedRelease extends HelmError {
  constructor(
    message: string,
    readonly release: Release,
  ) {
    super(message);
  }
}
