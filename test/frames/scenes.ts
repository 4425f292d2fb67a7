import type { Event } from '../../src/ui/store/event.js';
import { EXAM, OFFER, RESULT, STANDING } from '../ui/fake-exam.js';
import { CATALOGUE, GRADED, LAB, NOW, UNFINISHED } from '../ui/fake-session.js';
import { MORE_SCENES } from './more-scenes.js';
import { PRACTICE_SCENES } from './practice-scenes.js';
import { REAL_SCENES } from './real-scenes.js';

/** A lab is opened. */
export const opened: Extract<Event, { type: 'lab-opened' }> = {
  type: 'lab-opened',
  view: LAB,
  host: 'cka2107',
  hintsTaken: [],
};
const previewed: Event = {
  ...opened,
  author: {
    draw: 'cause=deployment/coredns namespace=shop',
    steps: ['k -n kube-system scale deploy coredns --replicas=2', 'cat > cause <<EOF\ndeployment/coredns\nEOF'],
  },
};
const looked: Event = { type: 'author', change: { report: GRADED.report } };
const graded: Event = {
  type: 'graded',
  graded: GRADED,
  typed: ['k get po', 'k -n shop exec cart-7d8f9c6b5-x2v9p -- wget -qO- catalog'],
};

const begun: Event = { type: 'exam-begun', view: EXAM, standing: STANDING };
const atTask: readonly Event[] = [begun, { type: 'exam-task', number: 4 }, { type: 'exam-task-ready', number: 4 }];
const sat: readonly Event[] = [...atTask, { type: 'exam-ended', result: RESULT }];

const replayed: readonly Event[] = [
  { type: 'replay', change: { title: LAB.title, length: 1060, host: 'cka2107', speed: 2, waits: false } },
  { type: 'shown', screen: { name: 'replay' } },
];

/** Two attempts at one lab, and one at another. */
const ALIKE = UNFINISHED.flatMap((attempt) =>
  attempt.lab === 'cka/fix-coredns' ? [attempt, { ...attempt, id: 'a3', seed: '31' }] : [attempt],
);

/** What has happened before a frame, by what it shows: every screen, overlay and part of a report. */
export const SCENES: Readonly<Record<string, readonly Event[]>> = {
  catalogue: [],
  'catalogue, a lab chosen': [{ type: 'intent', intent: 'end' }],
  'catalogue, from base': [{ type: 'intent', intent: 'from-base' }],
  'catalogue, nothing found': [{ type: 'searched', query: 'zebra' }],
  'catalogue, nothing found in one certification': [
    { type: 'intent', intent: 'certification' },
    { type: 'intent', intent: 'certification' },
    { type: 'searched', query: 'etcd' },
  ],
  unfinished: [
    { type: 'catalogue-read', view: { ...CATALOGUE, unfinished: UNFINISHED }, now: NOW },
    { type: 'unfinished-offered' },
  ],
  'unfinished, of a lab that was to begin': [
    { type: 'catalogue-read', view: { ...CATALOGUE, unfinished: ALIKE }, now: NOW },
    { type: 'unfinished-offered', wanted: { id: 'cka/fix-coredns', title: 'Names do not resolve' } },
  ],
  'unfinished, called the same': [
    { type: 'catalogue-read', view: { ...CATALOGUE, unfinished: ALIKE }, now: NOW },
    { type: 'unfinished-offered' },
  ],
  'unfinished, one': [
    { type: 'catalogue-read', view: { ...CATALOGUE, unfinished: UNFINISHED.slice(0, 1) }, now: NOW },
    { type: 'unfinished-offered' },
  ],
  notice: [
    {
      type: 'noticed',
      title: 'Please note',
      text: 'progress.json was damaged; the last good copy is used.',
      offers: 'nothing',
    },
  ],
  progress: [{ type: 'intent', intent: 'progress' }],
  loading: [
    {
      type: 'shown',
      screen: { name: 'loading', title: LAB.title, steps: ['starting the cluster', 'opening a terminal'], opens: true },
    },
  ],
  error: [
    {
      type: 'shown',
      screen: { name: 'error', title: 'Names could not be opened', message: 'The world has no host cka9.' },
    },
  ],
  lab: [opened],
  'lab, the task has the keys': [opened, { type: 'intent', intent: 'task' }, { type: 'intent', intent: 'down' }],
  'lab, keys': [opened, { type: 'intent', intent: 'help' }],
  'lab, a search is typed': [
    opened,
    { type: 'intent', intent: 'find' },
    { type: 'found', find: { query: 'coredns-7d8f9c6b5-x2v9p in kube-system', at: 3, of: 17 } },
  ],
  'lab, a search found nothing': [
    opened,
    { type: 'intent', intent: 'find' },
    { type: 'found', find: { query: 'zebra', at: 0, of: 0 } },
    { type: 'intent', intent: 'find-older' },
  ],
  'lab, hints': [
    opened,
    { type: 'intent', intent: 'hints' },
    { type: 'hint-taken', hint: { text: 'Ask which `server`.', price: 1 } },
  ],
  'lab, values': [opened, { type: 'intent', intent: 'values' }],
  'lab, finish': [opened, { type: 'intent', intent: 'finish' }],
  preview: [previewed],
  'preview, looked at': [previewed, looked],
  'preview, the task has the keys': [previewed, looked, { type: 'intent', intent: 'task' }],
  'preview, solution': [
    previewed,
    { type: 'author', change: { typed: 1 } },
    { type: 'intent', intent: 'author-panel' },
  ],
  'preview, the last panel': [
    previewed,
    ...Array.from({ length: 4 }, (): Event => ({ type: 'intent', intent: 'author-panel' })),
  ],
  'preview, the file was saved': [
    previewed,
    looked,
    {
      type: 'author',
      change: { saved: true, problems: ['fix-coredns.yaml:40: spec.checks[0].poinst: unknown field'] },
    },
  ],
  'preview, keys': [previewed, { type: 'intent', intent: 'help' }],
  'exam, start': [{ type: 'shown', screen: { name: 'exam-start', offer: OFFER } }],
  'exam, start, too few labs': [
    {
      type: 'shown',
      screen: {
        name: 'exam-start',
        offer: {
          ...OFFER,
          title: 'CKA practice run',
          insteadOf: { title: 'CKA mock exam', lacks: 3 },
          coach: true,
          interruptions: 'count',
          again: 2,
        },
      },
    },
  ],
  'exam, start, on a real cluster': [
    {
      type: 'shown',
      screen: {
        name: 'exam-start',
        offer: {
          ...OFFER,
          title: 'CKA practice run',
          tasks: 6,
          minutes: 60,
          insteadOf: { title: 'CKA mock exam', lacks: 4 },
          real: { cluster: 'context=staging', fit: 12, labs: 19 },
        },
      },
    },
  ],
  'exam, start, keys': [
    { type: 'shown', screen: { name: 'exam-start', offer: OFFER } },
    { type: 'intent', intent: 'help' },
  ],
  exam: atTask,
  'exam, preparing': [begun, { type: 'exam-task', number: 17 }, { type: 'exam-preparing', number: 17 }],
  'exam, with a coach': [
    { type: 'exam-begun', view: { ...EXAM, coach: true }, standing: STANDING },
    { type: 'exam-task', number: 4 },
    { type: 'exam-flagged', number: 4, on: true },
  ],
  'exam, 15 minutes left': [...atTask, { type: 'exam-alert', text: '15 minutes are left.' }],
  'exam, notes, 5 minutes left': [
    ...atTask,
    { type: 'intent', intent: 'notes' },
    { type: 'exam-alert', text: '5 minutes are left.' },
  ],
  'exam, looking for tools at base': [
    ...atTask,
    { type: 'exam-advised', advice: { task: 4, text: 'base has no tools; they are on cka2121.' } },
  ],
  'exam, full disk': [...atTask, { type: 'exam-trouble', text: '/home/you/.kubedrill: no space left on the device' }],
  'exam, keys': [...atTask, { type: 'intent', intent: 'help' }],
  'exam, jump': [
    ...atTask,
    { type: 'intent', intent: 'jump' },
    { type: 'jump-digit', digit: 1 },
    { type: 'jump-digit', digit: 2 },
  ],
  'exam, notes': [
    ...atTask,
    { type: 'intent', intent: 'notes' },
    { type: 'notes-typed', text: `task 4: ${'ask which server a pod uses for names '.repeat(4)}\n漢字\n\n` },
    { type: 'intent', intent: 'edit-up' },
  ],
  'exam, no notes yet': [...atTask, { type: 'intent', intent: 'notes' }],
  'exam, links': [...atTask, { type: 'intent', intent: 'links' }],
  'exam, finish': [...atTask, { type: 'intent', intent: 'finish' }],
  'exam, finish surely': [...atTask, { type: 'intent', intent: 'finish' }, { type: 'intent', intent: 'yes' }],
  'exam, grading': [
    ...atTask,
    {
      type: 'shown',
      screen: { name: 'loading', title: 'The time is over. Your exam is being graded', steps: [], opens: false },
    },
    ...EXAM.tasks.map(({ number }): Event => ({ type: 'step', step: `task ${number} of 17` })),
  ],
  'exam, result': sat,
  'exam, result, the last task': [
    ...sat,
    { type: 'exam-redone', number: 5, points: 6, total: 6 },
    { type: 'intent', intent: 'end' },
  ],
  'exam, report of a task': [...sat, { type: 'exam-task-report', number: 4 }],
  'exam, report of a task that was not opened': [...sat, { type: 'exam-task-report', number: 17 }],
  replay: [...replayed, { type: 'replay', change: { paused: true } }],
  'replay, a task of an exam': [
    ...replayed,
    { type: 'replay', change: { task: 4, terminal: 2, speed: 0.25, said: 'took a hint', waits: true } },
  ],
  'replay, keys': [...replayed, { type: 'replay', change: { ended: true } }, { type: 'intent', intent: 'help' }],
  report: [opened, graded],
  'report, explanation': [opened, graded, { type: 'report-part', part: 'explanation' }],
  'report, solution': [opened, graded, { type: 'report-part', part: 'solution' }],
  'report, typed': [opened, graded, { type: 'report-part', part: 'typed' }],
  ...MORE_SCENES,
  ...PRACTICE_SCENES,
  ...REAL_SCENES,
};
