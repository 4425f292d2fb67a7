import { TemplateError } from '../../api/go-template/template-error.js';
import type { JsonObject, KubeObject } from '../../api/object.js';
import { isNotFound } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import { mappingOfKind, noMatch } from '../../kubectl/resource/mapper.js';
import type { Chart, Values } from '../chart/chart.js';
import { HelmError, messageOf } from '../errors.js';
import type { HelmRun } from '../run.js';
import { renderTemplates } from '../template/render.js';
import type { Capabilities } from './capabilities.js';
import { type ReleaseFacts, templateSources } from './tops.js';

/** What a chart is rendered with. */
export interface RenderPlan {
  readonly chart: Chart;
  /** Of the chart and all below it, put together. */
  readonly values: Values;
  readonly facts: ReleaseFacts;
  readonly capabilities: Capabilities;
  /** Whether `lookup` asks the cluster. */
  readonly asksCluster: boolean;
  readonly lint?: boolean;
}

/** A template wants to know something of the cluster; the rendering begins again when it is known. */
class Unknown extends Error {
  constructor(readonly question: readonly [string, string, string, string]) {
    super('not looked up yet');
  }
}

/** Renders all templates of a chart, by their paths. Throws HelmError in the engine's words. */
export function* renderChart(run: HelmRun, plan: RenderPlan): Waiting<Map<string, string>> {
  const known = new Map<string, JsonObject>();
  const { sys } = run;
  for (;;) {
    try {
      return renderTemplates({
        templates: templateSources(plan.chart, plan.values, plan.facts, plan.capabilities),
        hooks: {
          now: () => sys.now(),
          random: (count) => sys.random().bytes(count),
          warn: (message) => run.log('WARN', message),
          ...(plan.asksCluster ? { lookup: (...question) => remembered(known, question) } : {}),
        },
        lint: plan.lint ?? false,
      });
    } catch (error) {
      if (error instanceof Unknown) known.set(error.question.join('\n'), yield* lookUp(run, error.question));
      else if (error instanceof TemplateError) throw new HelmError(error.message);
      else throw error;
    }
  }
}

function remembered(known: ReadonlyMap<string, JsonObject>, question: [string, string, string, string]): JsonObject {
  const answer = known.get(question.join('\n'));
  if (!answer) throw new Unknown(question);
  return answer;
}

function* lookUp(run: HelmRun, question: Unknown['question']): Waiting<JsonObject> {
  const [apiVersion, kind, namespace, name] = question;
  const session = run.session();
  const mapping = yield* mappingOfKind(session, apiVersion, kind);
  if (!mapping)
    throw new HelmError(
      `unable to get apiresource from unstructured: ${apiVersion}, Kind=${kind}: ${noMatch({ apiVersion, kind })}`,
    );
  const own = mapping.namespaced ? namespace : '';
  try {
    if (name !== '') return (yield* session.rest().get<KubeObject>(mapping, name, own)) as unknown as JsonObject;
    return (yield* session.rest().list(mapping, own || undefined)) as unknown as JsonObject;
  } catch (error) {
    if (isNotFound(error)) return {};
    throw new HelmError(messageOf(error));
  }
}
