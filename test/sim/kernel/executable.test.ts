import { expect, test } from 'vitest';
import { encodeText } from '../../../src/sim/kernel/bytes.js';
import { executableImage, imageName } from '../../../src/sim/kernel/executable.js';

const image = executableImage('kubectl');

test('an image begins as ELF files do', () => expect([...image.subarray(0, 4)]).toEqual([0x7f, 0x45, 0x4c, 0x46]));

test.each([
  ['the image itself', image, 'kubectl'],
  ['a copy', Uint8Array.from(image), 'kubectl'],
  ['one cut short', image.subarray(0, -1), undefined],
  ['one with something after it', Buffer.concat([image, encodeText('x')]), undefined],
  ['one with a changed byte', Uint8Array.from(image, (byte, at) => (at === 26 ? byte ^ 1 : byte)), undefined],
  ['a script', encodeText('#!/bin/sh\n'), undefined],
  ['nothing', new Uint8Array(0), undefined],
])('%s', (_, content, name) => expect(imageName(content)).toBe(name));
