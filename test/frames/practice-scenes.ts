import type { Event } from '../../src/ui/store/event.js';
import { GRADED, LAB } from '../ui/fake-session.js';

const opened: Extract<Event, { type: 'lab-opened' }> = {
  type: 'lab-opened',
  view: LAB,
  host: 'cka2107',
  hintsTaken: [],
};

const practised: Event = {
  ...opened,
  practice: {
    solutionSeen: false,
    steps: [
      { text: 'k -n kube-system scale deploy coredns --replicas=2', bytes: new Uint8Array() },
      { text: 'cat > cause <<EOF\ndeployment/coredns\nEOF', bytes: new Uint8Array() },
    ],
  },
};
const moments: Event = {
  type: 'moments',
  moments: [
    { seconds: 4217, line: `k -n shop patch deploy cart -p '${'{"spec":{"replicas":2}}'.repeat(8)}'` },
    ...Array.from({ length: 70 }, (_, index) => ({ seconds: 700 - index * 10, line: `k get po -n ${index}` })),
    { seconds: 0, line: undefined },
  ],
};

/** Practice at a lab. */
export const PRACTICE_SCENES: Readonly<Record<string, readonly Event[]>> = {
  'practice, looking at the checks': [
    practised,
    { type: 'intent', intent: 'checks' },
    { type: 'practice', change: { looking: true } },
  ],
  'practice, the checks': [
    practised,
    { type: 'intent', intent: 'checks' },
    { type: 'practice', change: { report: GRADED.report } },
  ],
  'practice, moments': [practised, moments, { type: 'intent', intent: 'page-down' }],
  'practice, back to a moment': [practised, moments, { type: 'intent', intent: 'yes' }],
  'practice, solution': [practised, { type: 'practice', change: { solution: true, typed: 1 } }],
  'practice, after the leader': [practised, { type: 'intent', intent: 'leader' }],
  'report, the solution was seen': [opened, { type: 'graded', graded: { ...GRADED, solutionSeen: true }, typed: [] }],
};
