import { join } from 'node:path';
import type { Place, RealCluster } from '../../clusters/real/real-cluster.js';

/** What of a shared cluster one task knows: its answers lie in a folder of their own. */
export function placeOfTask(place: Place, number: number): Place {
  return { ...place, answers: join(place.answers, String(number)) };
}

/**
 * A shared cluster as one of its tasks has it: shells begin in the task's folder, and letting go of it or putting it back is
 * left to whoever has the whole.
 */
export function taskCluster(cluster: RealCluster, number: number): RealCluster {
  const place = placeOfTask(cluster.place, number);
  return {
    capabilities: cluster.capabilities,
    place,
    shell: { ...cluster.shell, folder: place.answers },
    hosts: () => cluster.hosts(),
    now: () => cluster.now(),
    request: (request) => cluster.request(request),
    exec: (pod, argv, options) => cluster.exec(pod, argv, options),
    run: (host, user, argv, options) => cluster.run(host, user, argv, options),
    file: (host, path) => cluster.file(host, path),
    directory: (host, path) => cluster.directory(host, path),
    watch: (path, hears) => cluster.watch(path, hears),
    wait: (seconds) => cluster.wait(seconds),
    settle: (secondsMax) => cluster.settle(secondsMax),
    openTerminal: (options) => cluster.openTerminal(options),
    setUp: (world, how) => cluster.setUp(world, how),
    play: (played) => cluster.play(played),
    restore: async () => [],
    close: async () => {},
  };
}
