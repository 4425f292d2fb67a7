import { isKind, manifestProblems, worldFacts } from '../../../clusters/world-facts.js';
import type { LabFile, Variant } from '../../format/lab.js';
import { nearest } from '../../nearest.js';
import type { LabRule } from '../rule.js';
import { scriptsOf, textsIn } from '../texts.js';

const WHOLE = /^\{\{\s*([^{}\s.]+)(?:\.([^{}\s]+))?\s*\}\}$/;

/** What a web server is asked for by name, which need not be a host of the world. */
const HOST_HEADER = /\/(?:http|requests)\/host$/;

const unknownFault: LabRule = {
  name: 'unknown-fault',
  says: 'a fault is one that the program knows, in every draw',
  remedy: '',
  severity: 'error',
  check({ content }, report) {
    const { faults } = worldFacts();
    content.spec.world.steps?.forEach((step, index) => {
      const { name } = (step['fault'] ?? {}) as { readonly name?: string };
      if (name === undefined) return;
      for (const one of valuesOf(content, name)) {
        if (typeof one !== 'string' || one.includes('{{') || faults.includes(one)) continue;
        const near = nearest(one, faults);
        const remedy = near === undefined ? `there are ${faults.join(', ')}` : `did you mean ${near}?`;
        report(`spec/world/steps/${index}/fault/name`, `there is no fault ${one}`, remedy);
      }
    });
  },
};

const unknownHost: LabRule = {
  name: 'unknown-host',
  says: 'a host is called by its base name, or by the name the lab gives it',
  remedy: '',
  severity: 'error',
  check({ content }, report) {
    const { spec } = content;
    const known = worldFacts().hosts.get(spec.world.base) ?? [];
    const names = Object.values(spec.world.hosts ?? {});
    const look = (path: string, host: unknown): void => {
      if (typeof host !== 'string' || names.includes(host) || known.includes(host)) return;
      for (const one of valuesOf(content, host)) {
        if (typeof one === 'string' && !one.includes('{{') && !known.includes(one))
          report(path, `there is no host ${one}`, `${spec.world.base} has ${known.join(', ')}`);
      }
    };
    for (const name of Object.keys(spec.world.hosts ?? {})) look(`spec/world/hosts/${name}`, name);
    look('spec/host', spec.host);
    for (const part of ['world', 'checks'] as const)
      for (const { path, text } of textsIn(spec[part], `spec/${part}`))
        if (/(?:\/host|\/reboot|fault\/node)$/.test(path) && !HOST_HEADER.test(path)) look(path, text);
  },
};

const twinHost: LabRule = {
  name: 'twin-host',
  says: 'two hosts have different names',
  remedy: 'rename one of them',
  severity: 'error',
  check({ content: { spec } }, report) {
    const seen = new Set<string>();
    for (const [base, name] of Object.entries(spec.world.hosts ?? {})) {
      if (seen.has(name)) report(`spec/world/hosts/${base}`, `another host is called ${name}`);
      seen.add(name);
    }
  },
};

/** Who there is on every host. */
const USERS = ['root', 'candidate'];

const unknownUser: LabRule = {
  name: 'unknown-user',
  says: 'who runs something on a host has an account there',
  remedy: `write ${USERS.join(' or ')}, or have a step of the world make the account`,
  severity: 'error',
  check({ content: { spec } }, report) {
    const made = JSON.stringify(spec.world.steps ?? []);
    for (const part of ['world', 'checks'] as const)
      for (const { path, text } of textsIn(spec[part], `spec/${part}`)) {
        if (!path.endsWith('/as') || USERS.includes(text) || text.includes('{{')) continue;
        if (!new RegExp(`\\b(?:useradd|adduser)\\b[^\\n]*\\b${text.replace(/\W/g, '')}\\b`).test(made))
          report(path, `nobody is called ${text}`);
      }
  },
};

const wrongManifest: LabRule = {
  name: 'wrong-manifest',
  says: "a world's manifests are YAML that the API server would take",
  remedy: 'write it as for kubectl apply',
  severity: 'error',
  check({ content }, report) {
    const own = customGroupsOf(content);
    content.spec.world.steps?.forEach((step, index) => {
      const text = step['manifests'];
      if (typeof text !== 'string') return;
      for (const problem of manifestProblems(text.replace(/\{\{\s*[^{}\s]+\s*\}\}/g, 'x1')))
        if (!own.some((group) => problem.endsWith(`in ${group}`) || problem.includes(`in ${group}/`)))
          report(`spec/world/steps/${index}/manifests`, problem);
    });
  },
};

const unknownKind: LabRule = {
  name: 'unknown-kind',
  says: 'a check looks at a kind that there is',
  remedy: 'write its apiVersion and kind as in a manifest',
  severity: 'error',
  check({ content }, report) {
    const made = [...customGroupsOf(content), ...scriptsOf(content).flatMap(({ script }) => groupsNamedIn(script))];
    const visit = (value: unknown, path: string): void => {
      if (value === null || typeof value !== 'object') return;
      const { apiVersion, kind } = value as { readonly apiVersion?: unknown; readonly kind?: unknown };
      if (typeof apiVersion === 'string' && typeof kind === 'string' && !`${apiVersion}${kind}`.includes('{{')) {
        const group = apiVersion.split('/')[0] as string;
        if (!isKind(apiVersion, kind) && !made.includes(group) && (!group.includes('.') || group.endsWith('.k8s.io')))
          report(`${path}/kind`, `there is no kind ${kind} in ${apiVersion}`);
      }
      for (const [name, inner] of Object.entries(value)) visit(inner, `${path}/${name}`);
    };
    visit(content.spec.checks, 'spec/checks');
  },
};

const unsafePath: LabRule = {
  name: 'unsafe-path',
  says: "a file's path is absolute and goes straight to it",
  remedy: 'write the path without . and .. in it',
  severity: 'error',
  check({ content: { spec } }, report) {
    for (const part of ['world', 'checks'] as const)
      for (const { path, text } of textsIn(spec[part], `spec/${part}`))
        if (/\/(?:path|snapshot)$/.test(path) && /(?:^|\/)\.{1,2}(?:\/|$)|\/\/|\\/.test(text))
          report(path, `${text} does not go straight to a file`);
  },
};

const answerOutside: LabRule = {
  name: 'answer-outside',
  says: 'answers lie in {{answers}}, which is another folder in each task of an exam',
  remedy: 'write {{answers}}/name',
  severity: 'error',
  check({ content: { spec } }, report) {
    for (const { path, text } of textsIn(spec, 'spec'))
      if (text.includes('/opt/course')) report(path, 'names /opt/course, which is {{answers}}');
    for (const { path, text } of textsIn(spec.checks, 'spec/checks'))
      if (/\/answer\/path$/.test(path) && !text.startsWith('{{answers}}/') && !text.includes('/opt/course'))
        report(path, `${text} lies outside of {{answers}}`);
  },
};

const unsettledWorld: LabRule = {
  name: 'unsettled-world',
  says: 'a world is settled or aged before it is handed over',
  remedy: 'end the steps with settle: true, or an age',
  severity: 'error',
  check({ content: { spec } }, report) {
    const steps = spec.world.steps ?? [];
    const last = steps.findLastIndex((step) => 'settle' in step || 'age' in step);
    const after = steps.slice(last + 1).findIndex((step) => 'manifests' in step || 'fault' in step);
    if (after >= 0)
      report(
        `spec/world/steps/${last + 1 + after}`,
        'nothing waits until the cluster has done what this step asks for',
      );
  },
};

/** What the world a lab begins with is made of. */
export const world: readonly LabRule[] = [
  unknownFault,
  unknownHost,
  twinHost,
  unknownUser,
  wrongManifest,
  unknownKind,
  unsafePath,
  answerOutside,
  unsettledWorld,
];

/** What a text can be: the values of the variant it stands for, or itself. */
function valuesOf({ spec }: LabFile, text: string): unknown[] {
  const [whole, name = '', field] = WHOLE.exec(text) ?? [];
  const variant: Variant | undefined = Object.hasOwn(spec.variants ?? {}, name) ? spec.variants?.[name] : undefined;
  if (whole === undefined || !variant || 'number' in variant) return [text];
  return ('draw' in variant ? variant.of : variant.oneOf).map((value) =>
    typeof value === 'object' ? value[field ?? 'name'] : value,
  );
}

/** Groups of the custom resources that a world's steps define. */
function customGroupsOf({ spec }: LabFile): string[] {
  return textsIn(spec.world.steps ?? [], '').flatMap(({ text }) => groupsNamedIn(text));
}

function groupsNamedIn(text: string): string[] {
  if (!text.includes('CustomResourceDefinition')) return [];
  return [...text.matchAll(/\bgroup:\s*["']?([\w.-]+)/g)].map(([, group]) => group as string);
}
