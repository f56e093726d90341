package io.miaojie.journal;

import java.nio.file.Path;

/**
 * One cycle of the journal: a directory of its own with one file, written by one process.
 *
 * @param number counts up, gaps allowed
 * @param firstSequence of its records, if it has any
 * @param prevCrc CRC of the record before the first
 */
record Cycle(int number, Path file, long firstSequence, int prevCrc) {}
