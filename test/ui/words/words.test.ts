import { afterEach, describe, expect, test } from 'vitest';
import { ENGLISH } from '../../../src/ui/words/english.js';
import { MessageError, parseMessage } from '../../../src/ui/words/message.js';
import { say, saySpans, speak } from '../../../src/ui/words/words.js';

afterEach(() => speak());

describe('a key', () => {
  test('is said in English', () => {
    expect(say('exam-start.again', { tasks: 1 })).toMatch(/^1 task stood/);
  });

  test('is said in the language that is spoken, with its plurals, and in English where that has nothing', () => {
    speak({
      tag: 'pl',
      messages: new Map([['exam-start.again', '{tasks, plural, one {# z} few {# z-a} many {# z-ń} other {# z-o}}']]),
    });
    expect([1, 2, 5].map((tasks) => say('exam-start.again', { tasks }))).toEqual(['1 z', '2 z-a', '5 z-ń']);
    expect(say('lab.seed', { seed: '7' })).toBe('seed 7');
  });

  test('is said in spans, a value in its own style wherever the translation puts it', () => {
    speak({ tag: 'de', messages: new Map([['lab.seed', '({seed}) ist der Samen']]) });
    expect(saySpans('lab.seed', 'dim', { seed: { text: '7', style: 'value' } })).toEqual([
      { text: '(', style: 'dim' },
      { text: '7', style: 'value' },
      { text: ') ist der Samen', style: 'dim' },
    ]);
  });

  test('wants its values, and no others', () => {
    // @ts-expect-error: without its value
    expect(say('lab.seed')).toBe('seed {seed}');
    // @ts-expect-error: with another one
    expect(say('lab.seed', { sead: 7 })).toBe('seed {seed}');
    // @ts-expect-error: there is no such key
    expect(() => say('lab.sead')).toThrow();
  });

  test('is said in a language that has no tag', () => {
    speak({ tag: '??', messages: new Map([['lab.seed', 'S {seed}']]) });
    expect(say('lab.seed', { seed: 7 })).toBe('S 7');
  });
});

test('every message of ours can be read, in plain form', () => {
  const wrong = Object.entries(ENGLISH).flatMap(([key, message]) => {
    try {
      parseMessage(message);
      return /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/.test(key) && message.trim() === message ? [] : [key];
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      return [`${key} ${error.message}`];
    }
  });
  expect(wrong).toEqual([]);
});
