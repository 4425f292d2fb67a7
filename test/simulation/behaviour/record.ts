import { Stage } from '../../clients/field/play.js';
import { ShellGround } from '../../clients/field/shell-ground.js';
import { featuresOf, recordFeature, type Topic, worldOf } from './scene-files.js';

/**
 * Plays the features whose `topic/name` has one of the words and writes down what they say:
 * `node scripts/run.mjs test/simulation/behaviour/record.ts WORDS…`. What it wrote is read against what the real programs
 * say before it is committed.
 */
for (const topic of [
  'attached-storage',
  'controllers',
  'helm',
  'images',
  'kubelet',
  'metrics',
  'network',
  'routing',
  'scheduler',
  'storage',
] as const satisfies readonly Topic[]) {
  const wanted = featuresOf(topic).filter((feature) =>
    process.argv.slice(2).some((word) => `${topic}/${feature}`.includes(word)),
  );
  if (wanted.length === 0) continue;
  const stage = new Stage(new ShellGround(...worldOf(topic)));
  for (const feature of wanted) {
    await recordFeature(stage, topic, feature);
    console.log(`${topic}/${feature}`);
  }
}
