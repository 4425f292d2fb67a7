import { MILLISECOND, SECOND } from './time.js';

/** Bounds of the machine, named with their units. Reaching one is an error the learner's program sees, never ours. */
export const LIMITS = {
  /** Processes one user may have on one host (`ulimit -u`); fork fails with EAGAIN beyond it. */
  processes_per_user_max: 512,
  /** Open descriptors of one process (`ulimit -n`). */
  descriptors_max: 1024,
  /** Bytes a pipe holds before its writer waits. */
  pipe_bytes_max: 65_536,
  /** Bytes of all files of one host that are really kept before ENOSPC, whatever the size of its disk. */
  disk_bytes_max: 512 * 1024 * 1024,
  /** Bytes of typed input a terminal keeps for its reader; more is refused and the typist waits. */
  terminal_input_bytes_max: 16 * 1024 * 1024,
  /** CPU time one turn of a process may take before another gets its turn. */
  slice_micros: 2 * MILLISECOND,
  /** CPU time in one turn after which the kernel calls the program broken: it never gave up its turn. */
  slice_runaway_micros: 60 * SECOND,
  /** Symbolic links followed in one path. */
  symlinks_max: 40,
} as const;
