import type { Benchmark } from './benchmark.js';
import { firstFrame } from './first-frame.js';
import { grading } from './grading.js';
import { hourReplayed } from './hour-replayed.js';
import { keyEcho } from './key-echo.js';
import { memory } from './memory.js';
import { oneCommand } from './one-command.js';
import { podPending } from './pod-pending.js';
import { podRunning } from './pod-running.js';
import { versionStart } from './version-start.js';
import { worldReady } from './world-ready.js';

/** All benchmarks, in the order in which they are printed. */
export const benchmarks: readonly Benchmark[] = [
  firstFrame,
  grading,
  hourReplayed,
  ...keyEcho,
  memory,
  oneCommand,
  podPending,
  podRunning,
  versionStart,
  worldReady,
];
