import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { goInt } from '../../../../src/sim/api/go-template/go-values.js';
import { TemplateError } from '../../../../src/sim/api/go-template/template-error.js';
import { readYaml } from '../../../../src/sim/api/yaml/read.js';
import { renderTemplates } from '../../../../src/sim/helm/template/render.js';
import { capabilitiesOf, filesOf, stringMap, valuesOf } from '../../../../src/sim/helm/template/top.js';
import { createRandom } from '../../../../src/sim/kernel/random.js';
import type { RecordedSnippet, Recording } from './cases.js';

interface Answer {
  readonly out?: string;
  readonly error?: string;
}

const folder = fileURLToPath(new URL('./', import.meta.url));
/** What the real helm answered. */
export const recording = JSON.parse(readFileSync(join(folder, 'recorded.json'), 'utf8')) as Recording;

const NAME = 'c/templates/x.yaml';
const HELPERS = readFileSync(join(folder, 'chart/templates/_helpers.tpl'), 'utf8');

function chartFiles(): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const add = (path: string): void => {
    for (const name of readdirSync(join(folder, 'chart', path)).sort()) {
      const inside = join(path, name);
      if (statSync(join(folder, 'chart', inside)).isDirectory()) add(inside);
      else files.set(inside, readFileSync(join(folder, 'chart', inside)));
    }
  };
  add('files');
  return files;
}

const FILES = chartFiles();
const VALUES = readFileSync(join(folder, 'chart/values.yaml'), 'utf8');

/** What the snippets' chart sees, as helm template puts it together. */
function top(): { [key: string]: unknown } {
  const values = readYaml(VALUES) as { [key: string]: unknown };
  // Helm leaves out what a chart's values set to null.
  delete values['nothing'];
  return {
    Values: valuesOf(values),
    Chart: {
      APIVersion: 'v2',
      Annotations: stringMap({ note: 'yes it is' }),
      AppVersion: '4.5',
      Condition: '',
      Dependencies: [],
      Deprecated: false,
      Description: 'A chart of snippets',
      Home: '',
      Icon: '',
      IsRoot: true,
      Keywords: ['one', 'two'],
      KubeVersion: '',
      Maintainers: [{ Email: 'ann@example.com', Name: 'Ann', URL: '' }],
      Name: 'c',
      Sources: [],
      Tags: '',
      Type: '',
      Version: '1.2.3',
    },
    Capabilities: capabilitiesOf({
      version: 'v1.36.0',
      major: '1',
      minor: '36',
      apiVersions: ['v1', 'apps/v1', 'networking.k8s.io/v1'],
      helm: {
        version: 'v4.2.3',
        gitCommit: 'x',
        gitTreeState: 'clean',
        goVersion: 'go1.26',
        kubeClientVersion: 'v1.36',
      },
    }),
    Files: filesOf(FILES),
    Release: {
      IsInstall: true,
      IsUpgrade: false,
      Name: 'r',
      Namespace: 'default',
      Revision: goInt(1),
      Service: 'Helm',
    },
    Subcharts: {},
  };
}

/** A snippet as a file of the snippets' chart: what becomes of it, or the complaint. */
export function render(text: string, extra: { readonly strict?: boolean; readonly lint?: boolean } = {}): Answer {
  const random = createRandom('snippets');
  const scope = top();
  const basePath = 'c/templates';
  try {
    const rendered = renderTemplates({
      templates: [
        { name: NAME, text, basePath, top: scope },
        { name: 'c/templates/_helpers.tpl', text: HELPERS, basePath, top: scope },
      ],
      hooks: { now: () => 1_700_000_000_000_000, random: (count) => random.bytes(count) },
      ...extra,
    });
    return { out: rendered.get(NAME) ?? '' };
  } catch (error) {
    if (error instanceof TemplateError) return { error: error.message };
    throw error;
  }
}

/** What was recorded, in the same shape. */
export function answerOf({ out, error }: RecordedSnippet): Answer {
  return error === undefined ? { out: out ?? '' } : { error };
}
