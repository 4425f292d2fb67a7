import { describe, expect, test } from 'vitest';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../src/sim/api/types/storage.js';
import { whyUnsuitable } from '../../../src/sim/api/volumes/matching.js';
import { bestMatch } from '../../../src/sim/controllers/persistentvolume-binder/best-match.js';
import { createRandom, type Random } from '../../../src/sim/kernel/random.js';
import { type NaiveClaim, type NaiveVolume, naivelyRight } from './naive-binder.js';

const CASES = 5000;
const SEED = process.env['KUBEDRILL_SEED'] ?? 'binding';
const MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

function some<T>(random: Random, from: readonly T[]): T[] {
  const chosen = from.filter(() => random.below(2) === 0);
  return chosen.length > 0 ? chosen : [random.pick(from)];
}

function drawVolume(random: Random, index: number): NaiveVolume {
  const owned = random.below(4) === 0;
  return {
    name: `v${index}`,
    mebibytes: 1 + random.below(4),
    modes: some(random, MODES.slice(0, 3)),
    block: random.below(6) === 0,
    className: random.pick(['', 'slow', 'fast']),
    labels: random.below(2) === 0 ? { tier: random.pick(['a', 'b']) } : {},
    phase: random.pick(['Available', 'Available', 'Available', 'Released', 'Pending', 'Bound']),
    deleting: random.below(10) === 0,
    attributes: random.pick(['', '', '', 'gold']),
    ...(owned
      ? { owner: { key: random.pick(['ns/claim', 'ns/other', 'far/claim']), uid: random.pick(['', 'u1', 'u2']) } }
      : {}),
  };
}

function drawClaim(random: Random): NaiveClaim {
  return {
    key: 'ns/claim',
    uid: 'u1',
    mebibytes: 1 + random.below(3),
    modes: random.below(3) === 0 ? some(random, MODES) : [random.pick(MODES.slice(0, 3))],
    block: random.below(6) === 0,
    className: random.pick(['', 'slow', 'fast']),
    attributes: random.pick(['', '', '', 'gold']),
    ...(random.below(4) === 0 ? { selector: { tier: random.pick(['a', 'b']) } } : {}),
  };
}

/** Sizes in different units, which are to be compared by what they mean. */
function sizeText(random: Random, mebibytes: number): string {
  return random.pick([`${mebibytes}Mi`, `${mebibytes * 1024}Ki`, `${mebibytes * 1_048_576}`]);
}

function volumeOf(random: Random, volume: NaiveVolume): PersistentVolume {
  const [namespace = '', name = ''] = volume.owner?.key.split('/') ?? [];
  const uid = volume.owner?.uid ?? '';
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: volume.name,
      labels: volume.labels,
      ...(volume.deleting ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    spec: {
      capacity: { storage: sizeText(random, volume.mebibytes) },
      accessModes: [...volume.modes],
      ...(volume.block ? { volumeMode: 'Block' } : {}),
      ...(volume.className === '' ? {} : { storageClassName: volume.className }),
      ...(volume.attributes === '' ? {} : { volumeAttributesClassName: volume.attributes }),
      ...(volume.owner ? { claimRef: { namespace, name, ...(uid === '' ? {} : { uid }) } } : {}),
    },
    status: { phase: volume.phase },
  };
}

function claimOf(random: Random, claim: NaiveClaim): PersistentVolumeClaim {
  const [namespace = '', name = ''] = claim.key.split('/');
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace, uid: claim.uid },
    spec: {
      accessModes: [...claim.modes],
      resources: { requests: { storage: sizeText(random, claim.mebibytes) } },
      storageClassName: claim.className,
      volumeMode: claim.block ? 'Block' : 'Filesystem',
      ...(claim.attributes === '' ? {} : { volumeAttributesClassName: claim.attributes }),
      ...(claim.selector ? { selector: { matchLabels: claim.selector } } : {}),
    },
  };
}

describe('which volume a claim gets', () => {
  test(`agrees with a naive binder in ${CASES} cases of the seed ${SEED}`, () => {
    const found = { bound: 0, waits: 0 };
    for (let index = 0; index < CASES; index += 1) {
      const random = createRandom(`${SEED}/${index}`);
      const volumes = Array.from({ length: random.below(24) }, (_, at) => drawVolume(random, at));
      const claim = drawClaim(random);
      const delayed = random.below(4) === 0;
      const right = naivelyRight(claim, volumes, delayed);
      const objects = volumes.map((volume) => volumeOf(random, volume));
      const name = bestMatch(claimOf(random, claim), objects, delayed)?.metadata.name;
      const told = `KUBEDRILL_SEED=${SEED}, case ${index}: ${JSON.stringify({ claim, volumes, delayed, right })}`;
      if (name === undefined) {
        expect(right, told).toEqual([]);
        found.waits += 1;
      } else {
        expect(right, told).toContain(name);
        found.bound += 1;
      }
    }
    // Both ends have to be met often, or the cases show nothing.
    expect(Math.min(found.bound, found.waits)).toBeGreaterThan(CASES / 10);
  });

  test.each([
    ['small', { mebibytes: 9 }, {}, 'requested PV is too small'],
    ['class', { className: 'fast' }, {}, 'storageClassName does not match'],
    ['attributes', { attributes: 'gold' }, {}, 'volumeAttributesClassName does not match'],
    ['mode', { block: true }, {}, 'incompatible volumeMode'],
    ['access', { modes: ['ReadWriteMany'] }, {}, 'incompatible accessMode'],
    ['going', {}, { deleting: true }, 'the volume is marked for deletion "v"'],
    ['right', {}, {}, undefined],
  ])('a volume asked for by name: %s', (_, claim, volume, why) => {
    const random = createRandom('named');
    const usual = { modes: ['ReadWriteOnce'], block: false, className: 'slow', attributes: '', mebibytes: 2 };
    const asked = { ...usual, key: 'ns/claim', uid: 'u1', ...claim };
    const named = { ...usual, name: 'v', labels: {}, phase: 'Available', deleting: false, ...volume };
    expect(whyUnsuitable(volumeOf(random, named), claimOf(random, asked))).toBe(why);
  });
});
