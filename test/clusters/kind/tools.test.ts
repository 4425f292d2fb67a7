import { afterEach, describe, expect, test } from 'vitest';
import { ownPrograms } from '../../../src/clusters/kind/programs.js';
import { findTools } from '../../../src/clusters/kind/tools.js';
import { type Scenario, StandIns } from './stand-ins.js';

let standIns: StandIns;
afterEach(() => standIns.remove());

interface Row {
  readonly what: string;
  readonly programs?: readonly string[];
  readonly scenario?: Scenario;
  readonly environment?: Record<string, string>;
  readonly notExecutable?: string;
  /** Each is in the message. */
  readonly says: readonly (string | RegExp)[];
  readonly not?: readonly string[];
}

const DOWN = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';

const FAILURES: readonly Row[] = [
  {
    what: 'nothing is there',
    programs: [],
    says: [
      'kind was not found',
      'There is no container engine',
      'kubectl',
      'brew install kind',
      'docs.docker.com/engine/install',
    ],
  },
  { what: 'kind is missing', programs: ['docker', 'kubectl'], says: ['kind was not found'], not: ['container engine'] },
  {
    what: 'kind may not be run',
    notExecutable: 'kind',
    says: [/bin\/kind is there, but may not be run\.\n {2}`chmod \+x/],
  },
  { what: 'kind is old', scenario: { kind: 'v0.29.0' }, says: ['kind is 0.29.0; 0.30.0 is the least'] },
  {
    what: 'kind is too old for what is made by default',
    scenario: { kind: 'v0.31.0' },
    says: ['kind 0.31.0 is too old for nodes of Kubernetes 1.36', 'KUBEDRILL_KIND_IMAGE'],
  },
  {
    what: 'docker has no daemon',
    scenario: { engine: 'down' },
    says: [`docker is not running: ${DOWN}`, 'systemctl start docker'],
  },
  {
    what: 'docker may not be used',
    scenario: { engine: 'denied' },
    says: ['You may not use docker: permission denied while trying', 'usermod -aG docker'],
  },
  {
    what: 'docker is old',
    scenario: { docker: '19.03.15' },
    says: ['docker is 19.03.15; 20.10.0 is the least: kind starts nodes in control groups of their own'],
  },
  {
    what: 'docker runs without root on old control groups',
    scenario: { rootless: true, cgroup1: true },
    says: ['docker runs without root, and control groups are of version 1', 'rootless'],
  },
  {
    what: 'control groups are too old for the nodes',
    scenario: { cgroup1: true },
    says: ['are of version 1: kubelet 1.36.4 does not start on them', 'KUBEDRILL_KIND_IMAGE=1.34'],
  },
  {
    what: 'podman is old',
    programs: ['kind', 'kubectl', 'podman'],
    scenario: { podman: '1.6.4' },
    says: ['podman is 1.6.4; 1.8.0 is the least'],
  },
  {
    what: 'the engine that is asked for is missing',
    environment: { KIND_EXPERIMENTAL_PROVIDER: 'podman' },
    says: ['podman is not there, and KIND_EXPERIMENTAL_PROVIDER names it'],
  },
  { what: 'kubectl does not start', scenario: { kubectl: 'broken' }, says: ['exec format error'] },
  { what: 'kubectl is old', scenario: { kubectl: 'v1.28.3' }, says: ['v1.28.3'] },
  {
    what: 'the version that is wanted is not known',
    environment: { KUBEDRILL_KIND_IMAGE: '1.29' },
    says: ['kubedrill knows the node images of Kubernetes 1.34, 1.35, 1.36'],
  },
];

async function find({ programs, scenario = {}, environment = {}, notExecutable }: Omit<Row, 'what' | 'says'>) {
  standIns = new StandIns(programs);
  if (notExecutable) {
    standIns.remove();
    standIns = new StandIns(['docker', 'kubectl']);
    standIns.put(notExecutable, 0o644);
  }
  standIns.scenario(scenario);
  const all = { ...standIns.environment, ...environment };
  return findTools(ownPrograms(all), all);
}

describe('what is missing is said, and how to get it', () => {
  test.each(FAILURES)('$what', async ({ says, not = [], ...row }) => {
    const message = await find(row).then(
      () => 'all is there',
      (error: Error) => error.message,
    );
    for (const words of says) expect(message).toMatch(words);
    for (const words of not) expect(message).not.toContain(words);
  });
});

describe('what is there is found', () => {
  const DEFAULT = /^kindest\/node:v1\.36\.4@sha256:[0-9a-f]{64}$/;
  test.each([
    { what: 'docker', engine: 'docker', why: 'it is the first that was found', image: DEFAULT },
    {
      what: 'podman where docker does not run',
      programs: ['docker', 'kind', 'kubectl', 'podman'],
      scenario: { engine: 'down' as const },
      engine: 'podman',
      why: 'docker cannot be used',
      image: DEFAULT,
    },
    {
      what: 'nerdctl',
      programs: ['kind', 'kubectl', 'nerdctl'],
      engine: 'nerdctl',
      why: 'it is the first that was found',
      image: DEFAULT,
    },
    {
      what: 'podman because it is asked for',
      programs: ['docker', 'kind', 'kubectl', 'podman'],
      environment: { KIND_EXPERIMENTAL_PROVIDER: 'podman' },
      engine: 'podman',
      why: 'KIND_EXPERIMENTAL_PROVIDER names it',
      image: DEFAULT,
    },
    {
      what: 'the image of an older kind',
      scenario: { kind: 'v0.32.0' },
      engine: 'docker',
      why: 'it is the first that was found',
      image: /^kindest\/node:v1\.36\.1@/,
    },
    {
      what: 'an older version',
      environment: { KUBEDRILL_KIND_IMAGE: '1.34' },
      scenario: { kind: 'v0.31.0' },
      engine: 'docker',
      why: 'it is the first that was found',
      image: /^kindest\/node:v1\.34\.0@/,
    },
    {
      what: 'an image by its name, on old control groups too',
      environment: { KUBEDRILL_KIND_IMAGE: 'registry.example:5000/node:v1.34.9' },
      scenario: { cgroup1: true },
      engine: 'docker',
      why: 'it is the first that was found',
      image: /^registry\.example:5000\/node:v1\.34\.9$/,
    },
  ])('$what', async ({ engine, why, image, ...row }) => {
    const tools = await find(row);
    expect(tools.engine).toMatchObject({ name: engine, why });
    expect(tools.image.image).toMatch(image);
  });
});
