/** What is asked of the engine of templates, and what it asks of whoever asked. Plain data and plain functions. */

/** One file of a chart's `templates`, with what its text sees. */
export interface TemplateSource {
  /** The path with the chart's name before it, as errors name it: `web/charts/db/templates/service.yaml`. */
  readonly name: string;
  readonly text: string;
  /** What `.Template.BasePath` says: `web/charts/db/templates`. */
  readonly basePath: string;
  /**
   * What the dot is: `Values`, `Chart`, `Release`, `Capabilities`, `Files`, `Subcharts`. `Template` is set by the engine.
   * Files of one chart share the same object: `set` in one of them is seen by those after it.
   * Numbers are float64, as everything that is read from YAML; `goInt` and `goInt64` make the others
   * (`.Release.Revision` is an int, whole numbers of `--set` are int64).
   */
  readonly top: { [key: string]: unknown };
}

export interface TemplateHooks {
  /** The instant `now` answers, in microseconds since 1970. */
  now(): number;
  /** So many random bytes. */
  random(count: number): Uint8Array;
  /**
   * What `lookup` finds: an object, a list when `name` is empty, `{}` when there is none. Without this function it
   * finds nothing, as `helm template` has it. Throw `TemplateError` for the message of a failure. Whatever else is
   * thrown passes through: who must wait for a server throws, fetches, and renders again with fresh `top` objects.
   */
  lookup?(apiVersion: string, kind: string, namespace: string, name: string): { [key: string]: unknown };
  /** What `required` and `fail` say where `lint` lets them pass. */
  warn?(message: string): void;
}

export interface RenderRequest {
  readonly templates: readonly TemplateSource[];
  readonly hooks: TemplateHooks;
  /** A key that is missing is an error (`helm lint --strict`). */
  readonly strict?: boolean;
  /** `required` and `fail` do not fail. */
  readonly lint?: boolean;
}
