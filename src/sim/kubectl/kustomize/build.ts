/** Kustomizations: what a directory of files comes to, as kustomize v5.8 inside kubectl builds it. */
import type { Sys } from '../../kernel/sys.js';
import { Accumulator } from './accumulator.js';
import { addHashes } from './changes/hash.js';
import { setPairs } from './changes/pairs.js';
import { sortResources } from './changes/sort.js';
import { Loader } from './files/loader.js';
import { fixReferences } from './references/name-references.js';
import { resolveVariables } from './references/variables.js';
import { ORIGIN, TRANSFORMATIONS } from './resource/origin.js';
import { checkMetadata } from './resource/read-resources.js';
import type { Resource } from './resource/resource.js';
import type { ResourceMap } from './resource/resource-map.js';
import { Target } from './target.js';

export interface BuildOptions {
  /** Files outside of a kustomization's directory may be read. */
  readonly loadAnywhere?: boolean;
  /** Told what kustomize says on standard error, line by line. */
  readonly warn: (line: string) => void;
  /** Told which vars were never used. */
  readonly unused: (names: readonly string[]) => void;
}

/** The objects a directory's kustomization comes to, in their order. Throws KustomizeError with what kustomize says. */
export function buildKustomization(sys: Sys, directory: string, options: BuildOptions): ResourceMap {
  const loader = Loader.at(sys, directory, !options.loadAnywhere);
  const target = new Target(loader, options.warn, undefined);
  const { buildMetadata, sortOptions } = target.file;
  if (buildMetadata.length > 0) target.trackOrigins();
  const { resources, configuration, variables } = target.accumulate(new Accumulator());
  addHashes(resources.list);
  fixReferences(resources, configuration.nameReference);
  if (variables.size > 0) {
    const unused = resolveVariables(resources, variables, configuration.varReference);
    if (unused.length > 0) options.unused(unused);
  }
  resources.list = sortResources(resources.list.filter(isForCluster), sortOptions);
  for (const resource of resources.list) finish(resource, buildMetadata);
  return resources;
}

/** Objects that are only there for tools are left out. */
function isForCluster(resource: Resource): boolean {
  if (resource.isGone) return false;
  checkMetadata(resource.node);
  const local = resource.annotations['config.kubernetes.io/local-config'];
  return local === undefined || local === 'false';
}

const MANAGED_BY = 'app.kubernetes.io/managed-by';

function finish(resource: Resource, buildMetadata: readonly string[]): void {
  if (buildMetadata.includes('managedByLabel')) {
    setPairs(resource.node, { [MANAGED_BY]: 'kustomize-v5.8.1' }, [{ path: 'metadata/labels', create: true }]);
  }
  resource.removeNotes();
  const annotations = resource.annotations;
  if (!buildMetadata.includes('originAnnotations')) delete annotations[ORIGIN];
  if (!buildMetadata.includes('transformerAnnotations')) delete annotations[TRANSFORMATIONS];
  resource.annotations = annotations;
}
