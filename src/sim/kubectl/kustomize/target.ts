import type { JsonObject } from '../../api/object.js';
import { printYaml } from '../../api/yaml/print.js';
import { Accumulator } from './accumulator.js';
import { readConfiguration } from './config/configuration.js';
import { readDefinitions } from './config/definitions.js';
import { complaintOf, KustomizeError, within } from './error.js';
import { type Kustomization, readKustomization } from './file/kustomization.js';
import type { Loader } from './files/loader.js';
import { joinPath } from './files/paths.js';
import { GENERATORS } from './generators/register.js';
import { pluginGenerator, pluginTransform } from './plugins.js';
import { mergeVariables } from './references/variables.js';
import { addOrigin, addTransformation, type Origin } from './resource/origin.js';
import { readResources } from './resource/read-resources.js';
import type { Resource } from './resource/resource.js';
import { isMalformed, readFileResources } from './resource/resource-file.js';
import { ResourceMap } from './resource/resource-map.js';
import type { Transform } from './transformer.js';
import { TRANSFORMERS } from './transformers/register.js';

/** One directory with a kustomization, and how it is built. */
export class Target {
  readonly file: Kustomization;
  private readonly fileName: string;

  constructor(
    private readonly loader: Loader,
    private readonly warn: (line: string) => void,
    /** Where this directory is, from the one that is built; undefined when nobody asked for it. */
    private origin: Origin | undefined,
  ) {
    const { file, fileName } = readKustomization(loader, warn);
    this.file = file;
    this.fileName = fileName;
    checkSchema(file, loader);
  }

  /** Notes origins from here on (`buildMetadata`). */
  trackOrigins(): void {
    this.origin ??= {};
  }

  /** Gathers resources, generates, and transforms, into `result`. Throws KustomizeError. */
  accumulate(result: Accumulator): Accumulator {
    const { file, loader } = this;
    within('accumulating resources', () => this.addResources(result, file.resources));
    result.mergeConfiguration(readConfiguration(loader, file.configurations ?? []));
    result.mergeConfiguration(
      within(`loading CRDs [${(file.crds ?? []).join(' ')}]`, () => readDefinitions(loader, file.crds ?? [])),
    );
    this.generate(result);
    let whole = result;
    within('accumulating components', () => {
      for (const path of file.components ?? []) whole = this.addComponent(whole, path);
    });
    this.transform(whole);
    this.validate(whole);
    whole.variables = mergeVariables(whole.resources, whole.variables, file.vars ?? []);
    return whole;
  }

  private addResources(result: Accumulator, paths: readonly string[]): void {
    for (const path of paths) {
      const complaint = complaintOf(() => this.addFile(result, path));
      if (complaint === undefined) continue;
      const prefix = `accumulation err='${complaint}'`;
      let loader: Loader | undefined;
      const noDirectory = complaintOf(() => {
        loader = this.loader.enter(path);
      });
      if (loader === undefined) {
        throw new KustomizeError(isMalformed(complaint) ? complaint : `${prefix}: ${noDirectory}`);
      }
      const entered = loader;
      within(prefix, () => this.addDirectory(result, entered, path));
    }
  }

  private addFile(result: Accumulator, path: string): void {
    const resources = within(`accumulating resources from '${path}'`, () =>
      ResourceMap.of(readFileResources(this.loader, path)),
    );
    if (this.origin) addOrigin(resources.list, { ...this.origin, path: joinPath(this.origin.path ?? '', path) });
    within(`merging resources from '${path}'`, () => result.resources.appendAll(resources.list));
  }

  private enter(loader: Loader, path: string): Target {
    const origin = this.origin && { ...this.origin, path: joinPath(this.origin.path ?? '', path) };
    return within(`couldn't make target for path '${loader.root}'`, () => new Target(loader, this.warn, origin));
  }

  private addDirectory(result: Accumulator, loader: Loader, path: string): void {
    const target = this.enter(loader, path);
    if (target.file.kind === 'Component') {
      throw new KustomizeError(`expected kind != 'Component' for path '${loader.root}'`);
    }
    const below = within(`recursed accumulation of path '${loader.root}'`, () => target.accumulate(new Accumulator()));
    within(`recursed merging from path '${loader.root}'`, () => result.merge(below));
  }

  /** A component works on what is there already. */
  private addComponent(result: Accumulator, path: string): Accumulator {
    const loader = within(
      (message) => `loader.New ${JSON.stringify(message)}`,
      () => this.loader.enter(path),
    );
    return within(
      (message) => `accumulateDirectory: ${JSON.stringify(message)}`,
      () => {
        const target = this.enter(loader, path);
        if (target.file.kind !== 'Component') {
          throw new KustomizeError(`expected kind 'Component' for path '${loader.root}' but got '${target.file.kind}'`);
        }
        return within(`recursed accumulation of path '${loader.root}'`, () => target.accumulate(result));
      },
    );
  }

  private generate(result: Accumulator): void {
    const builtIn = GENERATORS.flatMap(({ kind, settings, configure }) =>
      settings(this.file).map((setting) => ({
        run: this.configured(kind, setting, () => configure(setting, this.loader)),
        origin: this.originOf(kind),
      })),
    );
    const own = within('loading generator plugins', () =>
      this.plugins(this.file.generators ?? [], 'generator').map((resource) => ({
        run: pluginGenerator(resource, this.loader),
        origin: this.pluginOrigin(resource),
      })),
    );
    for (const { run, origin } of [...builtIn, ...own]) {
      const made = run();
      addOrigin(made, origin);
      within('merging from generator &{0xc000000000 <nil>}', () => {
        for (const resource of made) result.resources.absorb(resource);
      });
    }
  }

  private transform(result: Accumulator): void {
    const builtIn = TRANSFORMERS.flatMap(({ kind, settings, shown, configure }) =>
      settings(this.file, result.configuration).map((setting) => ({
        run: this.configured(kind, shown?.(setting) ?? setting, () => configure(setting, this.loader)),
        origin: this.originOf(kind),
      })),
    );
    const own = this.pluginTransforms(this.file.transformers ?? []);
    for (const { run, origin } of [...builtIn, ...own]) {
      run(result.resources);
      addTransformation(result.resources.list, origin);
      result.resources.dropGone();
    }
  }

  /** Validators are transformers that must leave everything as it is. */
  private validate(result: Accumulator): void {
    for (const { run } of this.pluginTransforms(this.file.validators ?? [])) {
      const before = result.resources.toYaml();
      run(result.resources);
      if (result.resources.toYaml() !== before) {
        throw new KustomizeError("validator shouldn't modify the resource map: nodes unequal");
      }
    }
  }

  private pluginTransforms(paths: readonly string[]): { run: Transform; origin: Origin | undefined }[] {
    return this.plugins(paths, 'transformer').map((resource) => ({
      run: pluginTransform(resource, this.loader),
      origin: this.pluginOrigin(resource),
    }));
  }

  /** Configurations of plugins: inline, from files, or what directories of kustomizations come to. */
  private plugins(entries: readonly string[], what: string): Resource[] {
    const found = new Accumulator();
    const paths: string[] = [];
    for (const entry of entries) {
      let inline: Resource[] = [];
      const complaint = complaintOf(() => {
        inline = readResources(entry);
      });
      if (complaint !== undefined) paths.push(entry);
      else within(`configuring external ${what}`, () => found.resources.appendAll(inline));
      if (this.origin) addOrigin(inline, { ...this.origin, path: joinPath(this.origin.path ?? '', this.fileName) });
    }
    this.addResources(found, paths);
    return found.resources.list;
  }

  private configured<T>(kind: string, settings: JsonObject, configure: () => T): T {
    return within(
      (message) => `trouble configuring builtin ${kind} with config: \`\n${printYaml(settings)}\`: ${message}`,
      configure,
    );
  }

  private originOf(kind: string): Origin | undefined {
    if (this.origin === undefined) return undefined;
    return {
      configuredIn: joinPath(this.origin.path ?? '', this.fileName),
      configuredBy: { apiVersion: 'builtin', kind },
    };
  }

  private pluginOrigin({ apiVersion, kind, name, namespace }: Resource): Origin | undefined {
    if (this.origin === undefined) return undefined;
    return {
      configuredIn: joinPath(this.origin.path ?? '', this.fileName),
      configuredBy: { apiVersion, kind, name, namespace },
    };
  }
}

/** `openapi`: the built-in schema has one version, and there is no reader for others: better said than left out. */
function checkSchema({ openapi = {} }: Kustomization, loader: Loader): void {
  const { path, version } = openapi;
  if (path !== undefined) {
    loader.load(path);
    if (version !== undefined) {
      throw new KustomizeError('builtin version and custom schema provided, cannot use both');
    }
    throw new KustomizeError(
      `unable to use custom schema '${path}': only the schema that is built in can be used here`,
    );
  } else if (version && version !== 'v1.21.2') {
    throw new KustomizeError('the specified OpenAPI version is not built in');
  }
}
