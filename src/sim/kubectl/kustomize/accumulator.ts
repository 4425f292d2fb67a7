import { type Configuration, mergeConfigurations, NO_CONFIGURATION } from './config/configuration.js';
import type { Variable } from './file/kustomization.js';
import { unite } from './references/variables.js';
import { ResourceMap } from './resource/resource-map.js';

/** What has been gathered so far: resources, the places to work on, and vars. */
export class Accumulator {
  readonly resources = new ResourceMap();
  configuration: Configuration = NO_CONFIGURATION;
  variables = new Map<string, Variable>();

  mergeConfiguration(added: Configuration): void {
    this.configuration = mergeConfigurations(this.configuration, added);
  }

  /** Takes in what a directory below came to. */
  merge(other: Accumulator): void {
    this.resources.appendAll(other.resources.list);
    this.mergeConfiguration(other.configuration);
    this.variables = unite(this.variables, other.variables.values());
  }
}
