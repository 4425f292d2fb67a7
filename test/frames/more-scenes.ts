import type { Event } from '../../src/ui/store/event.js';
import { CARDS, FakeLesson, fakeReview, lessonSession, ROWS } from '../ui/fake-learn.js';
import { LAB } from '../ui/fake-session.js';

const lesson = new FakeLesson(['read']);
const atLesson: Event = {
  type: 'lab-opened',
  view: lessonSession(lesson).view,
  host: 'cka2107',
  hintsTaken: [],
  lesson,
};
const looked: Event = { type: 'lesson', change: { report: await lesson.look() } };
const done: Event = { type: 'lesson', change: { done: ['read', 'rose'] } };

const opened: Event = { type: 'lab-opened', view: LAB, host: 'cka2107', hintsTaken: [] };
const terminals = (front: number, closing?: string): Event => ({
  type: 'tabs',
  tabs: {
    all: ['base', 'cka2107', 'cka2107', 'cka2107', 'base'].map((host, index) => ({
      number: index + 1,
      host,
      command: index === 2 ? 'kubectl -n lantern get po,svc,deploy -w' : index === 3 ? 'watch date' : undefined,
      news: index === 1 || index === 2,
    })),
    front,
    closing,
  },
});
const inLayout = (layouts: number): readonly Event[] => [
  opened,
  ...Array.from({ length: layouts }, (): Event => ({ type: 'intent', intent: 'layout' })),
];

/** A review at one of the cards. */
function review(card: (typeof CARDS)[number] | undefined, more: readonly Event[] = []): readonly Event[] {
  const change = { about: 'CKA', card, due: 3, fresh: 12, later: 600_000, rated: 2, right: 1 };
  return [{ type: 'review', change, shown: true }, ...more];
}

function answered(index: number, given: readonly string[]): readonly Event[] {
  const card = CARDS[index];
  const answer = fakeReview().answer(card?.id ?? '', given);
  return review(card, [{ type: 'review', change: { given, text: given[0] ?? '', answered: answer } }]);
}

const palette = (text: string): readonly Event[] => [
  { type: 'intent', intent: 'palette' },
  { type: 'palette-typed', text },
];

/** Lessons, cards, the palette, and what else lies over a screen. */
export const MORE_SCENES: Readonly<Record<string, readonly Event[]>> = {
  'catalogue, a search is typed': [
    { type: 'intent', intent: 'search' },
    { type: 'searched', query: 'net' },
  ],
  'catalogue, commands': palette(''),
  'catalogue, no such command': palette('zebra'),
  'lab, commands': [opened, ...palette('')],
  'lab, commands, some': [opened, ...palette('term'), { type: 'intent', intent: 'down' }],
  'lab, another layout': inLayout(1),
  'lab, a third layout': inLayout(2),
  'lab, scrolled back': [opened, { type: 'intent', intent: 'scrollback' }],
  'lab, several terminals': [opened, terminals(2)],
  'lab, several terminals in another layout': [...inLayout(2), terminals(5)],
  'lab, several terminals, beside or scrolled back': [
    ...inLayout(1),
    terminals(1),
    { type: 'intent', intent: 'scrollback' },
  ],
  'lab, a terminal is to be closed': [opened, terminals(4, 'watch')],
  'lab, several terminals, after the leader': [opened, terminals(3), { type: 'intent', intent: 'leader' }],
  'lab, after the leader': [opened, { type: 'intent', intent: 'leader' }],
  'lab, does not answer': [
    opened,
    {
      type: 'noticed',
      title: 'The simulated cluster has not answered for two seconds',
      text: 'Enter ends it and rebuilds it as it was before your last key. n waits.',
      offers: 'rebuild',
    },
  ],
  lessons: [
    { type: 'lessons-read', rows: ROWS },
    { type: 'shown', screen: { name: 'lessons' } },
  ],
  'lessons, none': [
    { type: 'lessons-read', rows: [] },
    { type: 'shown', screen: { name: 'lessons' } },
  ],
  lesson: [atLesson, looked],
  'lesson, solution': [atLesson, { type: 'lesson', change: { solution: true, typed: 1 } }],
  'lesson, a step is done': [atLesson, done],
  'lesson, the end': [atLesson, done, { type: 'lesson', change: { at: 2 } }],
  'lesson, keys': [atLesson, { type: 'intent', intent: 'help' }],
  'lesson, after the leader': [atLesson, { type: 'intent', intent: 'leader' }],
  'review, choice': review(CARDS[0]),
  'review, choices': review(CARDS[1], [{ type: 'review', change: { given: ['list'] } }]),
  'review, order': review(CARDS[2], [{ type: 'review', change: { given: ['filter'] } }]),
  'review, gap': review(CARDS[3], [{ type: 'review-typed', text: 'replic' }]),
  'review, right': answered(0, ['`kubectl set image`']),
  'review, wrong order': answered(2, ['bind', 'filter', 'score']),
  'review, wrong gap': answered(3, ['replica']),
  'review, nothing left': review(undefined),
  'review, keys': review(CARDS[0], [{ type: 'intent', intent: 'help' }]),
};
