import { expect, test } from 'vitest';
import { readDeck } from '../../../src/labs/cards/read-deck.js';
import { formatProblem } from '../../../src/labs/format/problem.js';

const DECK = `apiVersion: kubedrill.dev/v1
kind: Deck
metadata: {name: small, title: A small deck}
spec:
  certification: cka
  cards:
    - id: which
      types: [C40]
      question: Which one?
      choices: [the first, the second]
      answer: the first
      why: Because it is the one that comes before all others.
    - id: order
      types: [C41]
      question: In which order?
      order: [one, two, three]
      why: Because that is how numbers are counted from one on.
    - id: gap
      types: [C40]
      question: What is missing?
      gap: "replicas: ____"
      answer: ["3", three]
      why: Because three is what was asked for in this question.
`;

const problems = (source: string): string[] =>
  readDeck('content/cka/cards/small.yaml', source).problems.map(formatProblem);

test('a deck is read', () => {
  expect(problems(DECK)).toEqual([]);
  expect(readDeck('content/cka/cards/small.yaml', DECK).deck?.id).toBe('cka/small');
});

test.each<[string, string, string, string]>([
  [
    'an answer that is no choice',
    'answer: the first',
    'answer: the third',
    ':11: spec.cards[0].answer: "the third" is none of the choices',
  ],
  [
    'only right choices',
    'answer: the first',
    'answer: [the first, the second]',
    ':10: spec.cards[0].choices: every choice is right',
  ],
  [
    'a choice twice',
    '[the first, the second]',
    '[the first, the second, " the  second"]',
    ':10: spec.cards[0].choices[2]: " the  second" is there already',
  ],
  ['an id twice', 'id: order', 'id: which', ':13: spec.cards[1].id: another card has the id which'],
  [
    'no why',
    '      why: Because three is what was asked for in this question.\n',
    '',
    ':18: spec.cards[2]: why is missing',
  ],
  [
    'an empty why',
    'Because three is what was asked for in this question.',
    'So it is.',
    ':23: spec.cards[2].why: it says nothing',
  ],
  ['no gap', 'replicas: ____', 'replicas: 3', ':21: spec.cards[2].gap: it has no gap; write ____ once'],
  ['two gaps', 'replicas: ____', '____: ____', ':21: spec.cards[2].gap: it has 2 gaps'],
  ['a type that there is not', 'types: [C41]', 'types: [C999]', ':14: spec.cards[1].types[0]: cka has no type C999'],
  ['a type of another exam', 'types: [C41]', 'types: [S60]', ':14: spec.cards[1].types[0]: cka has no type S60'],
  [
    'no form',
    '      order: [one, two, three]\n',
    '',
    ':13: spec.cards[1]: must be one of: choices, answer, order, gap',
  ],
  [
    'two forms',
    'order: [one, two, three]',
    'order: [one, two, three]\n      choices: [a, b]\n      answer: a',
    ':13: spec.cards[1]: ',
  ],
  ['another name', 'name: small', 'name: other', ":3: metadata.name: must be the file's name, small"],
  [
    'a folder of another exam',
    'certification: cka',
    'certification: ckad',
    ':5: spec.certification: is ckad, but the file lies in content/cka',
  ],
])('%s is told with its line and field', (_, piece, by, told) => {
  expect(DECK).toContain(piece);
  expect(problems(DECK.replace(piece, by)).join('\n')).toContain(told);
});
