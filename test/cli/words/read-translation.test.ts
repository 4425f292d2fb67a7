import { describe, expect, test } from 'vitest';
import { readTranslation } from '../../../src/cli/words/read-translation.js';

const ENGLISH = new Map([
  ['a.title', 'Jump to a task'],
  ['a.host', 'on {host}'],
  ['a.left', '{tasks, plural, one {# task} other {# tasks}} left on {host}'],
]);

function read(source: string): ReturnType<typeof readTranslation> {
  return readTranslation(source, ENGLISH);
}

describe('a translation', () => {
  test('has a text for each key, in YAML', () => {
    const { messages, missing, problems } = read(
      "# de\na.title: Zu einer Aufgabe\na.host: 'auf {host}'\na.left: 'auf {host} noch {tasks, plural, one {eine} other {#}}'\n",
    );
    expect([...messages.values()]).toEqual([
      'Zu einer Aufgabe',
      'auf {host}',
      'auf {host} noch {tasks, plural, one {eine} other {#}}',
    ]);
    expect([missing, problems]).toEqual([[], []]);
  });

  test('may be JSON', () => {
    expect(read('{"a.title": "Zu einer Aufgabe"}').messages.get('a.title')).toBe('Zu einer Aufgabe');
  });

  test('may lack texts, and have empty ones; rows of one text are one', () => {
    const { messages, missing, problems } = read("a.title: >\n  Zu einer\n  Aufgabe\na.host: ''\na.left:\n");
    expect([...messages]).toEqual([['a.title', 'Zu einer Aufgabe']]);
    expect([missing, problems]).toEqual([['a.host', 'a.left'], []]);
  });

  test.each(['', '# nothing\n', '---\n'])('may be empty: %j', (source) => {
    expect(read(source)).toMatchObject({ problems: [], missing: [...ENGLISH.keys()] });
  });
});

describe('what is wrong is told with its line, and not used', () => {
  test.each<[source: string, line: number | undefined, key: string, message: string | RegExp]>([
    ['a.title: x\na.titel: y\n', 2, 'a.titel', 'there is no such key; did you mean a.title?'],
    ['zebra: y\n', 1, 'zebra', 'there is no such key'],
    ['a.host: auf\n', 1, 'a.host', 'lacks {host}'],
    ["\na.left: 'noch {tasks}'\n", 2, 'a.left', 'lacks {host}'],
    ["a.host: 'auf {host} {hosts}'\n", 1, 'a.host', 'has {hosts}, which the English has not'],
    ["a.title: 'Zu {host}'\n", 1, 'a.title', 'has {host}, which the English has not'],
    ["a.host: 'auf {host'\n", 1, 'a.host', 'has a { without its }, before host'],
    ["a.left: '{host} {tasks, plural, one {x}}'\n", 1, 'a.left', 'has a plural of tasks without the form "other"'],
    ['a.host: {host} auf\n', 1, '', /^is no YAML: /],
    ['a.host: {host}\n', 1, 'a.host', 'is no text; put it into quotes'],
    ['a.title: 7\n', 1, 'a.title', 'is no text; put it into quotes'],
    ['a.title: [x]\n', 1, 'a.title', 'is no text; put it into quotes'],
    ['a.title: x\na.title: y\n', 2, '', /^is no YAML: /],
    ['- x\n', undefined, '', 'must hold a text for each key'],
    ['just text\n', undefined, '', 'must hold a text for each key'],
    [`a.title: ${'x'.repeat(2001)}\n`, 1, 'a.title', 'is longer than 2000 characters'],
    ['a.title: "\\u200b\\e"\n', 1, 'a.title', 'holds nothing that can be seen'],
    ['__proto__: x\n', 1, '__proto__', 'there is no such key'],
  ])('%j', (source, line, key, message) => {
    const { messages, problems } = read(source);
    expect(problems).toEqual([
      { line, key, message: message instanceof RegExp ? expect.stringMatching(message) : message },
    ]);
    expect(key !== '' && messages.has(key)).toBe(false);
  });

  test('what steers a terminal is blank, and told', () => {
    const { messages, problems } = read('a.title: "Zu\\e[2J einer\\u202e Aufgabe\\r\\b"\n');
    expect(messages.get('a.title')).toBe('Zu [2J einer Aufgabe');
    expect(problems).toEqual([
      { line: 1, key: 'a.title', message: 'holds control characters, for which blanks are shown' },
    ]);
  });
});
