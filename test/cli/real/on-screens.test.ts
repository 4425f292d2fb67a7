import { expect, test } from 'vitest';
import { type RealPlace, resumeReal, startReal } from '../../../src/cli/real/real-ports.js';
import { journalPath } from '../../../src/labs/journal/place.js';
import { readJournal } from '../../../src/labs/journal/reader.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import { pseudoTerminals } from '../../../src/labs/real/pseudo-terminal.js';
import type { ScreenPorts } from '../../../src/ui/ports.js';
import { temporaryFolder } from '../../labs/home-folder.js';
import { StandInSource, type StandInWishes } from '../../labs/real/stand-in.js';
import { FakeSession, fakePorts } from '../../ui/fake-session.js';
import { Stage } from '../../ui/stage.js';

const havePty = (await pseudoTerminals({})) !== undefined;
const LAB = 'ckad/labels-open-doors';

interface Scene {
  readonly stage: Stage;
  readonly source: StandInSource;
  readonly place: RealPlace;
}

function scene(wishes: StandInWishes): Scene {
  const home = temporaryFolder();
  const source = new StandInSource({ capabilities: ALL, ...wishes });
  const place: RealPlace = {
    home,
    progress: ProgressStore.open(home),
    program: '1',
    environment: { PATH: process.env['PATH'] },
    places: { environment: { KUBEDRILL_HOME: home }, content: [] },
    yes: false,
    left: [],
    told: [],
    source: async () => source,
  };
  const ports: ScreenPorts = fakePorts(new FakeSession(), {
    start: (_, seed, open) => startReal(place, { kind: 'kind' }, { id: LAB, seed }, open),
    resume: (id, open) => resumeReal(place, readJournal(journalPath(home, id)), id, open),
  });
  const stage = new Stage(100, 30).open(ports, { TERM: 'xterm-256color' }, { id: LAB, seed: '7' });
  return { stage, source, place };
}

const ALL = ['containers', 'expendable', 'nodes', 'policy-enforcement', 'scripts', 'system', 'workstation'] as const;

async function quits(stage: Stage): Promise<void> {
  stage.type('\x1b[21~');
  await stage.shows('Finish this attempt?');
  stage.type('q');
  await stage.ended;
}

test.skipIf(!havePty)('a person is asked, works in their own shell, and has the cluster put back', async () => {
  const { stage, source, place } = scene({
    question: 'The context has workloads that are not ours.',
    left: ['namespace shop is still being deleted'],
  });
  await stage.shows(/May this be done to your cluster\?[\s\S]*workloads that are not ours/);
  stage.type('\r');
  stage.type('y');
  await stage.shows('me@here:~$');
  await stage.shows('kind · 6 points');
  stage.type('echo $KUBECONFIG\r');
  await stage.shows('/nowhere/kubeconfig');
  stage.type('\x1dc');
  await stage.shows(/\[2 here\][\s\S]*me@here:~\$/);
  stage.type('exit\r');
  await stage.shows(/echo \$KUBECONFIG/);
  stage.type('\x1dr');
  await stage.shows('Only on a simulated cluster');
  stage.type('\x1b');
  stage.type('\x1b[21~');
  await stage.shows(/The cluster kind[\s\S]*Leaving ends the attempt/);
  stage.type('y');
  stage.type('y');
  await stage.shows(/0 of \d+ points/);
  stage.type('q');
  await stage.shows(/Not everything could be put back[\s\S]*namespace shop is still being deleted/);
  stage.type('\r');
  stage.type('q');
  expect(await stage.ended).toBe(0);
  expect(source.done.slice(-2)).toEqual(['restore', 'close']);
  expect(place.left).toEqual(['namespace shop is still being deleted']);
});

test('who says no finds nothing changed', async () => {
  const { stage, source } = scene({ question: 'It has workloads that are not ours.' });
  await stage.shows('May this be done to your cluster?');
  stage.type('\x1b');
  await stage.shows('could not be opened');
  stage.type('q');
  await stage.ended;
  expect(source.done).toEqual(['capabilities', 'open']);
});

test.each([
  ['that nothing is left', {}, ['Stopped. Nothing of it is left on kind.'], []],
  ['what is left', { left: ['namespace shop is still being deleted'] }, [], ['namespace shop is still being deleted']],
])(
  'Ctrl-C while it is made takes away what was made before the program ends, and it is told %s',
  async (_, wishes, told, left) => {
    let release = (): void => {};
    const { stage, source, place } = scene({
      ...wishes,
      setUp: ({ signal }) =>
        new Promise((_, reject) => {
          release = () => reject(new Error('stopped'));
          signal?.addEventListener('abort', () => setImmediate(release));
        }),
    });
    await stage.shows(/step 2 of 3/);
    stage.type('\x03');
    expect(await stage.ended).toBe(0);
    expect(source.done.slice(-2)).toEqual(['restore', 'close']);
    expect([place.told, place.left]).toEqual([told, left]);
  },
);

test.skipIf(!havePty)('one that was left is gone on with where it stands', async () => {
  const { stage, source, place } = scene({ takesUp: true });
  await stage.shows('me@here:~$');
  await quits(stage);
  expect(source.done.at(-1)).toBe('close');
  const [attempt] = place.progress.progress.attempts;
  expect([attempt?.cluster, attempt?.finished]).toEqual(['kind', false]);
  const session = await resumeReal(place, readJournal(journalPath(place.home, attempt?.id ?? '')), attempt?.id ?? '', {
    columns: 80,
    rows: 24,
    onStep: () => {},
  });
  await session.leave({ finished: true });
  expect(source.done.slice(-2)).toEqual(['restore', 'close']);
});

test.skipIf(!havePty)('who quits after grading is told that nothing could be put back', async () => {
  const { stage, place } = scene({ unrestorable: 'kubectl proxy ended' });
  await stage.shows('me@here:~$');
  stage.type('\x1b[21~');
  await stage.shows('Leaving ends the attempt');
  stage.type('y');
  stage.type('y');
  await stage.shows(/0 of \d+ points/);
  stage.type('\x03');
  expect(await stage.ended).toBe(0);
  expect(place.left).toEqual(['kubectl proxy ended']);
  // It can be gone on with, and so be put back later.
  expect(place.progress.progress.attempts[0]?.finished).toBe(false);
});
