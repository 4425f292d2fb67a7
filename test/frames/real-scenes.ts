import type { Event } from '../../src/ui/store/event.js';
import { EXAM, RESULT, STANDING } from '../ui/fake-exam.js';
import { GRADED, LAB } from '../ui/fake-session.js';

const real = { cluster: 'kind', gradingEnds: true, canBeLeft: true };
const opened: Event = {
  type: 'lab-opened',
  view: LAB,
  host: 'kind',
  hintsTaken: [],
  real,
  practice: { solutionSeen: true, steps: [{ text: 'k -n shop get po', bytes: new Uint8Array() }] },
};
const making: readonly Event[] = [
  { type: 'shown', screen: { name: 'loading', title: LAB.title, steps: [], opens: true } },
  { type: 'step', step: 'looking for kind, kubectl and a container engine', at: { number: 1, of: 9 } },
  { type: 'step', step: 'creating the nodes', at: { number: 2, of: 9 } },
  { type: 'step', step: 'waiting until 3 nodes are ready', at: { number: 3, of: 9 } },
  { type: 'step', step: 'waiting until 2 nodes are ready', at: { number: 3, of: 9 } },
];
const inExam: readonly Event[] = [
  {
    type: 'exam-begun',
    view: {
      ...EXAM,
      tasks: EXAM.tasks.slice(0, 6).map((task) => ({ ...task, host: 'context=staging' })),
      real: { cluster: 'context=staging', gradingEnds: false, canBeLeft: true },
    },
    standing: STANDING,
  },
  { type: 'exam-task', number: 4 },
  { type: 'exam-task-ready', number: 4 },
];
const surely: readonly Event[] = [
  { type: 'intent', intent: 'finish' },
  { type: 'intent', intent: 'yes' },
];

/** Attempts on a real cluster. */
export const REAL_SCENES: Readonly<Record<string, readonly Event[]>> = {
  'real, being made': making,
  'real, asked': [
    ...making,
    {
      type: 'asked',
      question:
        'The context prod has 12 deployments that are not ours, in namespaces web and data. The lab works in its own namespaces shop and cart only, and takes them away again.',
    },
  ],
  'real, a task of an exam': inExam,
  'real, an exam, jump': [...inExam, { type: 'intent', intent: 'jump' }],
  'real, an exam, result': [...inExam, { type: 'exam-ended', result: RESULT }],
  'real, putting back': [
    opened,
    { type: 'shown', screen: { name: 'loading', title: 'Putting kind back as it was', steps: [], opens: false } },
    { type: 'step', step: 'deleting namespace shop', at: { number: 1, of: 3 } },
  ],
  'real, finish': [opened, { type: 'intent', intent: 'finish' }],
  'real, really finish': [opened, ...surely],
  'real, finish where one can go on': [
    { ...opened, real: { ...real, gradingEnds: false, canBeLeft: false } },
    { type: 'intent', intent: 'finish' },
  ],
  'real, a long name': [
    { ...opened, host: 'context=arn:aws:eks:eu-central-1:123456789012:cluster/staging', real },
    { type: 'intent', intent: 'leader' },
  ],
  'real, solution': [opened, { type: 'practice', change: { solution: true } }],
  'real, after the leader': [opened, { type: 'intent', intent: 'leader' }],
  'real, graded': [opened, { type: 'graded', graded: GRADED, typed: [] }],
};
