import { beforeAll, describe, expect, test } from 'vitest';
import { Stage } from '../../clients/field/play.js';
import { ShellGround } from '../../clients/field/shell-ground.js';
import { DEMANDED } from './demanded.js';
import { differencesIn, featuresOf, isTelling, type Topic, worldOf } from './scene-files.js';

/** Plays the scenes of a topic, one after another in one world, and demands them for every feature. */
export function playTopic(topic: Topic): void {
  describe(`behaviour: ${topic}`, () => {
    let stage: Stage;
    beforeAll(() => {
      stage = new Stage(new ShellGround(...worldOf(topic)));
    }, 120_000);

    test('every feature has scenes, and no other', () => {
      expect(featuresOf(topic)).toEqual([...new Set(DEMANDED[topic])].sort());
    });

    test('no scene says nothing', () => {
      expect(featuresOf(topic).filter((feature) => !isTelling(topic, feature))).toEqual([]);
    });

    test.each(featuresOf(topic))('%s', { timeout: 120_000 }, async (feature) => {
      expect((await differencesIn(stage, topic, feature)).join('\n')).toBe('');
    });
  });
}
