import { describe, expect, test } from 'vitest';
import { LEFT_OUT } from './left-out.js';
import { type Setting, sceneFiles, scenesOf } from './scene-files.js';
import { generatedPages, noVectors, type PublishedPage, quickReference } from './vectors.js';

const OWN_MIN = 150;
const SETTINGS: readonly Setting[] = ['access', 'objects', 'pods', 'webhooks'];
const scenes = SETTINGS.flatMap((setting) => sceneFiles(setting).flatMap((file) => scenesOf(setting, file)));

/** Commands that scenes under a title play, a further scene's title without its number. */
function played(title: string): string[] {
  return scenes
    .filter((scene) => scene.title.replace(/ \(\d+\)$/, '') === title)
    .flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'command' ? [step.of] : [])));
}

const missing = noVectors();
const pages: readonly PublishedPage[] = missing === undefined ? [...quickReference(), ...generatedPages()] : [];

describe.skipIf(missing !== undefined)(`every published command (${missing ?? 'here'})`, () => {
  test('is played under its page, or left out for a reason', () => {
    const unplayed = pages.flatMap(({ title, commands }) => {
      const known = new Set([...played(title), ...Object.keys(LEFT_OUT[title] ?? {})]);
      return commands.filter((command) => !known.has(command)).map((command) => `${title}: ${command}`);
    });
    expect(unplayed.join('\n')).toBe('');
  });

  test('is not both played and left out, and what is left out is published', () => {
    const published = new Map(pages.map(({ title, commands }) => [title, new Set(commands)]));
    const wrong = Object.entries(LEFT_OUT).flatMap(([title, commands]) =>
      Object.keys(commands).filter((command) => played(title).includes(command) || !published.get(title)?.has(command)),
    );
    expect(wrong).toEqual([]);
  });

  test('is counted: all lines of both files', () => {
    const count = (all: readonly PublishedPage[]): number => all.flatMap(({ commands }) => commands).length;
    expect([count(quickReference()), count(generatedPages()), generatedPages().length]).toEqual([138, 361, 98]);
  });
});

test('our own commands are many, and every command says something to compare', () => {
  const published = new Set(pages.flatMap(({ title, commands }) => commands.map((command) => `${title}: ${command}`)));
  const own = scenes.flatMap(({ title, steps }) =>
    steps.flatMap((step) =>
      step.kind === 'command' && !published.has(`${title.replace(/ \(\d+\)$/, '')}: ${step.of}`) ? [step.line] : [],
    ),
  );
  expect(own.length).toBeGreaterThanOrEqual(OWN_MIN);
  expect(new Set(scenes.map(({ title }) => title)).size).toBe(scenes.length);
});

/** What shows who may do what, and has to be said alike by the real kubectl at our API server and by ours in the shell. */
test.each([
  /^kubectl auth can-i --list --as=/,
  /^kubectl auth reconcile -f .*--remove-extra-permissions/,
  /^kubectl( --\w+=\w+)? auth whoami/,
  /^kubectl certificate approve/,
  /^kubectl certificate deny/,
  /^kubectl create token/,
  /^kubectl create role /,
  /^kubectl create rolebinding /,
  /^kubectl create clusterrole .*--aggregation-rule/,
  /^kubectl create clusterrolebinding /,
  /^kubectl label ns \S+ pod-security\.kubernetes\.io\/enforce=/,
  /^kubectl label --overwrite ns \S+ pod-security\.kubernetes\.io\/enforce=/,
  /^kubectl create quota .*--hard/,
  /^kubectl describe quota/,
  /^kubectl (apply|create) -f (crd|rules|cluster)\.yaml$/,
  /^kubectl patch lamp one --type=merge/,
  /^kubectl get lamp one -o wide/,
  /^kubectl apply -f limit-bound\.yaml/,
  /^kubectl patch validatingadmissionpolicybinding .*"Warn","Audit"/,
  /^kubectl apply -f add-bound\.yaml/,
  /^kubectl apply -f hook\.yaml/,
  /^kubectl create -f slow\.yaml/,
])('the real kubectl plays %s', (line) => {
  const chosen = scenes.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'command' && step.chosen ? [step.line] : [])),
  );
  expect(chosen.filter((each) => line.test(each)).length).toBeGreaterThan(0);
});
