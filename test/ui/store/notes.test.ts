import { expect, test } from 'vitest';
import { editNotes, type Notes, type NotesEdit, typeNotes } from '../../../src/ui/store/notes.js';

/** A notepad with `|` at its cursor. */
function notes(marked: string): Notes {
  return { text: marked.replace('|', ''), cursor: marked.indexOf('|') };
}

function marked({ text, cursor }: Notes): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

test.each<[string, NotesEdit, string]>([
  ['one|', 'left', 'on|e'],
  ['|one', 'left', '|one'],
  ['one\n|two', 'left', 'one|\ntwo'],
  ['one|\ntwo', 'right', 'one\n|two'],
  ['two|', 'right', 'two|'],
  ['a漢|b', 'left', 'a|漢b'],
  ['e\u0301|', 'left', '|e\u0301'],
  ['👩‍👩‍👧|', 'erase', '|'],
  ['|👩‍👩‍👧!', 'right', '👩‍👩‍👧|!'],
  ['one\ntwo|', 'up', 'one|\ntwo'],
  ['o\nthree|', 'up', 'o|\nthree'],
  ['on|e', 'up', '|one'],
  ['on|e\ntwo', 'down', 'one\ntw|o'],
  ['three|\no', 'down', 'three\no|'],
  ['one|\n\ntwo', 'down', 'one\n|\ntwo'],
  ['tw|o', 'down', 'two|'],
  ['a\non|e\nb', 'home', 'a\n|one\nb'],
  ['a\no|ne\nb', 'end', 'a\none|\nb'],
  ['on|e', 'erase', 'o|e'],
  ['|one', 'erase', '|one'],
  ['one\n|two', 'erase', 'one|two'],
  ['on|e', 'delete', 'on|'],
  ['one|\ntwo', 'delete', 'one|two'],
  ['one|', 'delete', 'one|'],
  ['on|e', 'newline', 'on\n|e'],
])('%j, %s: %j', (before, edit, after) => {
  expect(marked(editNotes(notes(before), edit))).toBe(after);
});

test.each([
  ['a|b', 'x', 'ax|b'],
  ['|', 'one\r\ntwo\rthree', 'one\ntwo\nthree|'],
  ['|', '\ta', '  a|'],
  ['|', 'a\x1b[31mb\x00\x7f\x9bc', 'a[31mbc|'],
])('%j, typed %j: %j', (before, typed, after) => {
  expect(marked(typeNotes(notes(before), typed))).toBe(after);
});

test('what finds no room is left out', () => {
  const full = typeNotes({ text: '', cursor: 0 }, 'x'.repeat(30_000));
  expect(full).toEqual({ text: 'x'.repeat(20_000), cursor: 20_000 });
  expect(typeNotes(full, 'y')).toEqual(full);
});
